import { PageMessage } from '../../ui/PageMessage';
import { openRecovery } from './recoveryStore';
import type { SessionState } from '../sessionState';
import { openSession } from '../sessionStore';

interface Props {
  state: Extract<SessionState, { phase: 'recoveryFailed' }>;
}

/** Says why a recovery link does not work, or did not now. */
export function RecoveryFailed({ state: { recovery, reason, isFinal } }: Props) {
  const actions = (
    <div className="actions">
      <button type="button" className="button" onClick={() => void openSession()}>
        Go on without it
      </button>
      {!isFinal && (
        <button type="button" className="button primary" onClick={() => void openRecovery(recovery)}>
          Try again
        </button>
      )}
    </div>
  );
  return (
    <PageMessage title={isFinal ? 'This link does not work' : 'The link could not be opened now'} action={actions}>
      <p>{reason}</p>
    </PageMessage>
  );
}
