import { useState } from 'react';

import { Dialog } from '../ui/Dialog';
import { useLeaveGuard } from '../ui/useLeaveGuard';
import { MachineLabel } from './MachineLabel';
import { RotatedToken } from './RotatedToken';
import { RotateTokenForm } from './RotateTokenForm';
import type { Machine } from './types';
import type { Rotation } from './useRotation';

interface Props {
  machine: Machine;
  onClose: () => void;
}

/** Makes a new token. It lives in this component alone, and goes with it. */
export function RotateTokenDialog({ machine, onClose }: Props) {
  const [rotation, setRotation] = useState<Rotation>();
  const [copied, setCopied] = useState(false);
  const [asked, setAsked] = useState(false);
  const wouldBeLost = rotation !== undefined && !copied;
  const close = !wouldBeLost || asked ? onClose : () => setAsked(true);
  useLeaveGuard(wouldBeLost, () => setAsked(true));

  const title = (
    <>
      New token for <MachineLabel machine={machine} />
    </>
  );
  return (
    <Dialog title={title} onClose={close}>
      {rotation ? (
        <RotatedToken
          machine={machine}
          rotation={rotation}
          onCopied={() => setCopied(true)}
          asked={asked && !copied}
          onStay={() => setAsked(false)}
          onDone={close}
          onLeave={onClose}
        />
      ) : (
        <RotateTokenForm machine={machine} onRotated={setRotation} onCancel={onClose} />
      )}
    </Dialog>
  );
}
