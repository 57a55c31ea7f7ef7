import { useState, type FormEvent } from 'react';

import { FormProblem } from '../../action/FormProblem';
import { useAction } from '../../action/useAction';
import { Dialog } from '../../ui/Dialog';
import { Field } from '../../ui/Field';
import { deleteMachine } from '../machineApi';
import { MachineLabel } from '../name/MachineLabel';
import { visiblePart } from '../names';
import type { Machine } from '../types';

interface Props {
  machine: Machine;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteMachineDialog({ machine, onClose, onDeleted }: Props) {
  const [typed, setTyped] = useState('');
  const { run, isRunning, error } = useAction(deleteMachine);

  // What cannot be seen cannot be typed.
  const name = visiblePart(machine.name);
  const wanted = name || machine.machineId;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(machine.machineId).then(onDeleted, () => undefined);
  };
  return (
    <Dialog
      title={
        <>
          Delete <MachineLabel machine={machine} />?
        </>
      }
      onClose={onClose}
    >
      <p>
        It leaves your list, its token stops working within a second, and an agent that runs with it ends. This cannot be
        undone; the machine can be added again, with a new token.
      </p>
      <form onSubmit={submit}>
        <Field
          label={name === '' ? 'Type the machine’s ID to confirm' : 'Type the machine’s name to confirm'}
          hint={<bdi>{wanted}</bdi>}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          spellCheck={false}
          data-autofocus
        />
        <FormProblem error={error} />
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button danger" disabled={isRunning || visiblePart(typed) !== wanted}>
            Delete machine
          </button>
        </div>
      </form>
    </Dialog>
  );
}
