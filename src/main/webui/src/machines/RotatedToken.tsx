import { LeaveQuestion } from './LeaveQuestion';
import { MachineTokenDisplay } from './MachineTokenDisplay';
import type { Machine } from './types';
import type { Rotation } from './useRotation';
import { WaitForRotation } from './WaitForRotation';

interface Props {
  machine: Machine;
  rotation: Rotation;
  onCopied: () => void;
  /** The token has not been copied, and somebody wants to go. */
  asked: boolean;
  onStay: () => void;
  onDone: () => void;
  onLeave: () => void;
}

export function RotatedToken({ machine, rotation, onCopied, asked, onStay, onDone, onLeave }: Props) {
  return (
    <>
      <MachineTokenDisplay token={rotation.registration.token} onCopied={onCopied} />
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
