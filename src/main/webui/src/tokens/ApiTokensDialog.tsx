import { useState } from 'react';

import type { ApiToken } from '../http/contract.gen';
import { Dialog } from '../ui/Dialog';
import { useLeaveGuard } from '../ui/useLeaveGuard';
import styles from './ApiTokens.module.css';
import { MadeToken } from './MadeToken';
import { NewTokenForm } from './NewTokenForm';
import { RevokeTokenForm } from './RevokeTokenForm';

interface Props {
  onClose: () => void;
}

/** Makes API tokens, and ends them. A token lives in this component alone, and goes with it. */
export function ApiTokensDialog({ onClose }: Props) {
  const [made, setMade] = useState<ApiToken>();
  const [copied, setCopied] = useState(false);
  const [asked, setAsked] = useState(false);
  const [making, setMaking] = useState(false);
  const wouldBeLost = made !== undefined && !copied;
  // A token that is on its way would be good, and nobody would know its id.
  const close = making ? () => undefined : !wouldBeLost || asked ? onClose : () => setAsked(true);
  useLeaveGuard(wouldBeLost, () => setAsked(true));

  return (
    <Dialog title={made ? 'Your API token' : 'API tokens'} onClose={close}>
      {made ? (
        <MadeToken
          made={made}
          onCopied={() => setCopied(true)}
          asked={asked && !copied}
          onStay={() => setAsked(false)}
          onDone={close}
          onLeave={onClose}
        />
      ) : (
        <div className={styles.parts}>
          <p>With an API token a program asks this service in your name.</p>
          <NewTokenForm onMaking={setMaking} onMade={setMade} />
          <RevokeTokenForm />
        </div>
      )}
    </Dialog>
  );
}
