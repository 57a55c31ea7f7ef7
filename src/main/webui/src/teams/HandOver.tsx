import { useId, useState } from 'react';

import { FormProblem } from '../machines/FormProblem';
import { changeMachine } from '../machines/machineApi';
import type { Machine } from '../machines/types';
import { useAction } from '../machines/useAction';
import { usePageAddress } from '../machines/usePageAddress';
import { useSession } from '../session/useSession';
import { Dialog } from '../ui/Dialog';
import styles from './HandOver.module.css';
import { ALL, isAtLeast, ME, ownerOf, ownerText, roleFor } from './owners';

interface Props {
  machine: Machine;
  onClose: () => void;
}

/** Gives a machine to oneself, or to a team in which one may register machines. */
export function HandOverDialog({ machine, onClose }: Props) {
  const id = useId();
  const heirs = useHeirs(machine.owner);
  const [chosen, setChosen] = useState<string>();
  const { run, isRunning, error } = useAction(changeMachine);
  const owner = chosen ?? heirs[0];
  const { owner: shown, select } = usePageAddress();
  const done = () => {
    onClose();
    if (shown !== ALL) {
      // It is in this list no more.
      select(null);
    }
  };
  const handOver = () => owner !== undefined && run(machine.machineId, { owner }).then(done, () => undefined);
  return (
    <Dialog title="Hand over this machine" onClose={onClose}>
      <p>
        The machine stays connected, and its token stays as it is. From then on the new owner decides about it, and it leaves the list of
        the one before.
      </p>
      <div className={styles.choice}>
        <label htmlFor={id}>New owner</label>
        <select id={id} value={owner} onChange={(event) => setChosen(event.target.value)} data-autofocus>
          {heirs.map((heir) => (
            <option key={heir} value={heir}>
              {heir === ME ? 'Me' : ownerText(heir, null)}
            </option>
          ))}
        </select>
      </div>
      <FormProblem error={error} />
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button primary" disabled={isRunning || owner === undefined} onClick={handOver}>
          {isRunning ? 'Handing over…' : 'Hand over'}
        </button>
      </div>
    </Dialog>
  );
}

/** To whom the person may hand over a machine of this owner. */
export function useHeirs(owner: string): string[] {
  const state = useSession();
  if (state.phase !== 'active') {
    return [];
  }
  const { session } = state;
  const teams = session.teams.map(({ name }) => ownerOf(name)).filter((team) => isAtLeast(roleFor(session, team), 'operator'));
  return [...(owner === session.userId ? [] : [ME]), ...teams.filter((team) => team !== owner)];
}
