import { useState } from 'react';

import type { EnrolmentKey } from '../http/contract.gen';
import { ME, teamNameOf } from '../teams/owners';
import { Dialog } from '../ui/Dialog';
import { useLeaveGuard } from '../ui/useLeaveGuard';
import styles from './Enrolment.module.css';
import { MadeKey } from './MadeKey';
import { NewKeyForm } from './NewKeyForm';
import { RevokeKeyForm } from './RevokeKeyForm';

interface Props {
  /** Whose machines are looked at. */
  owner: string;
  onClose: () => void;
}

/** Makes a key with which machines register themselves. The key lives in this component alone, and goes with it. */
export function FleetDialog({ owner: shown, onClose }: Props) {
  const [made, setMade] = useState<EnrolmentKey>();
  const [isSafe, setIsSafe] = useState(false);
  const [asked, setAsked] = useState(false);
  const [making, setMaking] = useState(false);
  // What is added while the machines of everyone show is one's own, as with a single machine.
  const owner = teamNameOf(shown) === null ? ME : shown;
  const wouldBeLost = made !== undefined && !isSafe;
  // A key that is on its way would be good, and nobody would know its id.
  const close = making ? () => undefined : !wouldBeLost || asked ? onClose : () => setAsked(true);
  useLeaveGuard(wouldBeLost, () => setAsked(true));

  return (
    <Dialog title={made ? 'Your fleet’s key' : 'Add a fleet'} onClose={close}>
      {made ? (
        <MadeKey
          made={made}
          owner={owner}
          onSafe={() => setIsSafe(true)}
          asked={asked && !isSafe}
          onStay={() => setAsked(false)}
          onDone={close}
          onLeave={onClose}
        />
      ) : (
        <div className={styles.parts}>
          <p>
            With an enrolment key machines register themselves, and are online: one command for all of them, in an image or by what sets
            them up. The key does nothing else.
          </p>
          <NewKeyForm owner={owner} onMaking={setMaking} onMade={setMade} />
          <RevokeKeyForm owner={owner} />
        </div>
      )}
    </Dialog>
  );
}
