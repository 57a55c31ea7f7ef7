import type { ApiToken } from '../http/contract.gen';
import { RevokeForm } from '../secret/RevokeForm';
import styles from '../secret/Secret.module.css';
import { useShownOnce } from '../secret/useShownOnce';
import { Dialog } from '../ui/Dialog';
import { MadeToken } from './MadeToken';
import { NewTokenForm } from './NewTokenForm';
import { revokeToken } from './tokenApi';

interface Props {
  onClose: () => void;
}

/** Makes API tokens, and ends them. */
export function ApiTokensDialog({ onClose }: Props) {
  const { made, onMade, onMaking, close, shown } = useShownOnce<ApiToken>(onClose);
  return (
    <Dialog title={made ? 'Your API token' : 'API tokens'} onClose={close}>
      {made ? (
        <MadeToken made={made} shown={shown} />
      ) : (
        <div className={styles.parts}>
          <p>With an API token a program asks this service in your name.</p>
          <NewTokenForm onMaking={onMaking} onMade={onMade} />
          <RevokeForm
            what="token"
            hint="It was shown beside the token. Tokens are not listed anywhere."
            said="Revoked: nothing takes this token any more."
            revoke={revokeToken}
          />
        </div>
      )}
    </Dialog>
  );
}
