import { useState, type FormEvent } from 'react';

import { FormProblem } from '../../action/FormProblem';
import { useAction } from '../../action/useAction';
import { Checkbox } from '../../ui/Checkbox';
import { serviceNow } from '../../ui/clock';
import { rotateToken } from '../machineApi';
import type { Machine } from '../types';
import type { Rotation } from './useRotation';

interface Props {
  machine: Machine;
  onMaking: (making: boolean) => void;
  onRotated: (rotation: Rotation) => void;
  onCancel: () => void;
}

export function RotateTokenForm({ machine, onMaking, onRotated, onCancel }: Props) {
  const [revokeOld, setRevokeOld] = useState(false);
  const { run, isRunning, error } = useAction(rotateToken);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onMaking(true);
    run(machine.machineId, { revokeOld })
      .then(
        (registration) => onRotated({ registration, revokedOld: revokeOld, at: serviceNow() }),
        () => undefined,
      )
      .finally(() => onMaking(false));
  };
  return (
    <form onSubmit={submit}>
      <p>The machine can go on with its current token until it first uses the new one, or for an hour at most, unless your service says otherwise.</p>
      <Checkbox checked={revokeOld} onChange={setRevokeOld}>
        Somebody else may have the current token: end it at once. The machine is cut off until it has the new one.
      </Checkbox>
      <FormProblem error={error} />
      <div className="actions">
        <button type="button" className="button" disabled={isRunning} onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={isRunning} data-autofocus>
          Make a new token
        </button>
      </div>
    </form>
  );
}
