import { useState } from 'react';

import { Dialog } from '../ui/Dialog';
import { LeaveQuestion } from './LeaveQuestion';
import { MachineLabel } from './MachineLabel';
import { MachineTokenDisplay } from './MachineTokenDisplay';
import { RotateTokenForm } from './RotateTokenForm';
import type { Machine, MachineRegistration } from './types';

interface Props {
  machine: Machine;
  onClose: () => void;
}

/** Makes a new token. It lives in this component alone, and goes with it. */
export function RotateTokenDialog({ machine, onClose }: Props) {
  const [registration, setRegistration] = useState<MachineRegistration>();
  const [copied, setCopied] = useState(false);
  const [asked, setAsked] = useState(false);
  const mayGo = !registration || copied || asked;
  const close = mayGo ? onClose : () => setAsked(true);

  return (
    <Dialog title={
        <>
          New token for <MachineLabel machine={machine} />
        </>
      } onClose={close}>
      {registration ? (
        <>
          <MachineTokenDisplay token={registration.token} onCopied={() => setCopied(true)} />
          {asked && !copied ? (
            <LeaveQuestion onStay={() => setAsked(false)} onLeave={onClose}>
              You have not copied the token, and it will not be shown again. Close anyway?
            </LeaveQuestion>
          ) : (
            <div className="actions">
              <button type="button" className="button primary" onClick={close}>
                Done
              </button>
            </div>
          )}
        </>
      ) : (
        <RotateTokenForm machine={machine} onRotated={setRegistration} onCancel={onClose} />
      )}
    </Dialog>
  );
}
