import { useCallback } from 'react';

import type { EnrolmentKey } from '../http/contract.gen';
import { RevokeForm } from '../secret/RevokeForm';
import styles from '../secret/Secret.module.css';
import { useShownOnce } from '../secret/useShownOnce';
import { ME, teamNameOf } from '../teams/owners';
import { Dialog } from '../ui/Dialog';
import { revokeKey } from './enrolmentApi';
import { MadeKey } from './MadeKey';
import { NewKeyForm } from './NewKeyForm';

interface Props {
  /** Whose machines are looked at. */
  owner: string;
  onClose: () => void;
}

/** Makes a key with which machines register themselves, and ends such keys. */
export function FleetDialog({ owner: looked, onClose }: Props) {
  const { made, onMade, onMaking, close, shown } = useShownOnce<EnrolmentKey>(onClose);
  const isTeam = teamNameOf(looked) !== null;
  // What is added while the machines of everyone show is one's own, as with a single machine.
  const owner = isTeam ? looked : ME;
  // The service looks among one's own and one's teams' keys where none is named.
  const revoke = useCallback((keyId: string) => revokeKey(keyId, isTeam ? owner : undefined), [isTeam, owner]);
  return (
    <Dialog title={made ? 'Your fleet’s key' : 'Add a fleet'} onClose={close}>
      {made ? (
        <MadeKey made={made} owner={owner} shown={shown} />
      ) : (
        <div className={styles.parts}>
          <p>
            With an enrolment key machines register themselves, and are online: one command for all of them, in an image or by what sets
            them up. The key does nothing else.
          </p>
          <NewKeyForm owner={owner} onMaking={onMaking} onMade={onMade} />
          <RevokeForm
            what="key"
            hint="It was shown beside the key, and is in the details of each machine that came with it."
            said="Revoked: no more machines come with it."
            revoke={revoke}
          />
        </div>
      )}
    </Dialog>
  );
}
