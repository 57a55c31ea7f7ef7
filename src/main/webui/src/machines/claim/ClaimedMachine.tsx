import { useEffect, useRef } from 'react';

import { isolated } from '../names';
import { hasConnected } from '../status/statusText';
import { useMachine } from '../store/useMachines';
import { WaitForMachine } from '../token/WaitForMachine';

interface Props {
  machineId: string;
  name: string;
  /** Whether it was claimed just now. */
  isNew: boolean;
  onShow: () => void;
  onClose: () => void;
}

/** The machine goes on by itself: nothing is lost where somebody closes this before it is online. */
export function ClaimedMachine({ machineId, name, isNew, onShow, onClose }: Props) {
  const start = useRef<HTMLParagraphElement>(null);
  // The field for the name is gone, and the focus with it.
  useEffect(() => start.current?.focus(), []);
  const machine = useMachine(machineId);
  return (
    <>
      <p ref={start} tabIndex={-1}>
        {isNew ? (
          <>
            <strong>{isolated(name)}</strong> is yours now. Its agent asks every 10 seconds, as long as it runs.
          </>
        ) : (
          <>
            This machine is in your list already, as <strong>{isolated(name)}</strong>.
          </>
        )}
      </p>
      {(isNew || machine) && <WaitForMachine machine={machine} />}
      <div className="actions">
        <button type="button" className="button" onClick={onShow}>
          Show it
        </button>
        <button type="button" className="button primary" onClick={onClose}>
          {isNew && !hasConnected(machine) ? 'Close' : 'Done'}
        </button>
      </div>
    </>
  );
}
