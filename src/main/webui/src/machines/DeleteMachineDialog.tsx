import { useState, type FormEvent } from 'react';

import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { FormProblem } from './FormProblem';
import { deleteMachine } from './machineApi';
import type { Machine } from './types';
import { useAction } from './useAction';

interface Props {
  machine: Machine;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteMachineDialog({ machine, onClose, onDeleted }: Props) {
  const [typed, setTyped] = useState('');
  const { run, isRunning, error } = useAction(deleteMachine);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(machine.machineId).then(onDeleted, () => undefined);
  };
  return (
    <Dialog title={`Delete ${machine.name}?`} onClose={onClose}>
      <p>
        It leaves your list, its token stops working within a second, and an agent that runs with it ends. This cannot be
        undone; the machine can be added again, with a new token.
      </p>
      <form onSubmit={submit}>
        <Field
          label="Type the machine’s name to confirm"
          hint={machine.name}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          spellCheck={false}
          data-autofocus
        />
        <FormProblem error={error} />
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            Keep it
          </button>
          <button type="submit" className="button danger" disabled={isRunning || typed.trim() !== machine.name.trim()}>
            Delete machine
          </button>
        </div>
      </form>
    </Dialog>
  );
}
