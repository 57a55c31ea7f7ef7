import { useState, type FormEvent } from 'react';

import { FormProblem } from './FormProblem';
import { rotateToken } from './machineApi';
import styles from './RotateTokenForm.module.css';
import type { Machine, MachineRegistration } from './types';
import { useAction } from './useAction';

interface Props {
  machine: Machine;
  onRotated: (registration: MachineRegistration) => void;
  onCancel: () => void;
}

export function RotateTokenForm({ machine, onRotated, onCancel }: Props) {
  const [revokeOld, setRevokeOld] = useState(false);
  const { run, isRunning, error } = useAction(rotateToken);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(machine.machineId, { revokeOld }).then(onRotated, () => undefined);
  };
  return (
    <form onSubmit={submit}>
      <p>The present token works until the new one is first used, or for an hour at most, unless your service says otherwise.</p>
      <label className={styles.leak}>
        <input type="checkbox" checked={revokeOld} onChange={(event) => setRevokeOld(event.target.checked)} />
        <span>
          The present token has leaked: end it at once. The machine is cut off until it has the new one.
        </span>
      </label>
      <FormProblem error={error} />
      <div className="actions">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={isRunning} data-autofocus>
          Make a new token
        </button>
      </div>
    </form>
  );
}
