import { LeaveQuestion } from '../../secret/LeaveQuestion';
import { hasConnected } from '../status/statusText';
import { MachineTokenDisplay } from '../token/MachineTokenDisplay';
import { WaitForMachine } from '../token/WaitForMachine';
import type { Machine, MachineRegistration } from '../types';

interface Props {
  registration: MachineRegistration;
  /** Its entry in the live list, as soon as that has it. */
  machine: Machine | undefined;
  asked: boolean;
  onStay: () => void;
  onClose: () => void;
}

export function RegisteredMachine({ registration, machine, asked, onStay, onClose }: Props) {
  const connected = hasConnected(machine);
  return (
    <>
      <MachineTokenDisplay token={registration.token} />
      <WaitForMachine machine={machine} />
      {asked && !connected ? (
        <LeaveQuestion onStay={onStay} onLeave={onClose}>
          The machine has not connected yet, and the token will not be shown again. Close anyway?
        </LeaveQuestion>
      ) : (
        connected && (
          <div className="actions">
            <button type="button" className="button primary" onClick={onClose}>
              Done
            </button>
          </div>
        )
      )}
    </>
  );
}
