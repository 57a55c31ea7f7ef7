import { LeaveQuestion } from '../../secret/LeaveQuestion';
import type { Shown } from '../../secret/useShownOnce';
import type { Machine } from '../types';
import { MachineTokenDisplay } from './MachineTokenDisplay';
import type { Rotation } from './useRotation';
import { WaitForRotation } from './WaitForRotation';

interface Props {
  machine: Machine;
  rotation: Rotation;
  shown: Shown;
}

export function RotatedToken({ machine, rotation, shown: { onSafe, asked, onStay, onDone, onLeave } }: Props) {
  return (
    <>
      <MachineTokenDisplay token={rotation.registration.token} onCopied={onSafe} />
      <WaitForRotation machine={machine} rotation={rotation} />
      {asked ? (
        <LeaveQuestion onStay={onStay} onLeave={onLeave}>
          You have not copied the token, and it will not be shown again. Close anyway?
        </LeaveQuestion>
      ) : (
        <div className="actions">
          <button type="button" className="button" onClick={onDone}>
            Done
          </button>
        </div>
      )}
    </>
  );
}
