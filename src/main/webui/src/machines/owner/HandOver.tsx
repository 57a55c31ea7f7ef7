import { useState, type FormEvent } from 'react';

import { FormProblem } from '../../action/FormProblem';
import { useAction } from '../../action/useAction';
import { ALL } from '../../teams/owners';
import { Dialog } from '../../ui/Dialog';
import { changeMachine } from '../machineApi';
import type { Machine } from '../types';
import { usePageAddress } from '../view/usePageAddress';
import { NewOwner } from './NewOwner';
import { choicesOf, chosenOwner, useHeirs } from './useHeirs';

interface Props {
  machine: Machine;
  onClose: () => void;
}

/** Gives a machine to oneself, to a team in which one may register machines, or, as an administrator, to anybody. */
export function HandOverDialog({ machine, onClose }: Props) {
  const heirs = useHeirs(machine.owner);
  const [choice, setChoice] = useState(choicesOf(heirs)[0] ?? '');
  const [typed, setTyped] = useState('');
  const { run, isRunning, error } = useAction(changeMachine);
  const owner = chosenOwner(choice, typed);
  const { owner: shown, select } = usePageAddress();
  const done = () => {
    onClose();
    if (shown !== ALL) {
      // It is in this list no more.
      select(null);
    }
  };
  const handOver = (event: FormEvent) => {
    event.preventDefault();
    run(machine.machineId, { owner }).then(done, () => undefined);
  };
  return (
    <Dialog title="Hand over this machine" onClose={onClose}>
      <p>
        The machine stays connected, and its token stays as it is. From then on the new owner decides about it, and it leaves the list of
        the one before.
      </p>
      <form onSubmit={handOver} noValidate>
        <NewOwner heirs={heirs} choice={choice} onChoice={setChoice} typed={typed} onTyped={setTyped} error={error} />
        <FormProblem error={error} />
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={isRunning || owner === ''}>
            {isRunning ? 'Handing over…' : 'Hand over'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
