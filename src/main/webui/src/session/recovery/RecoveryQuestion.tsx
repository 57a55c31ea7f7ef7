import { PageMessage } from '../../ui/PageMessage';
import { RecoveryLinkButton } from './RecoveryLinkButton';
import { recover } from './recoveryStore';
import type { SessionState } from '../sessionState';
import { openSession } from '../sessionStore';

interface Props {
  state: Extract<SessionState, { phase: 'recoveryAsked' }>;
}

/** Asks before somebody who is signed in here, with an account or machines, becomes another person. */
export function RecoveryQuestion({ state: { recovery, session, machines } }: Props) {
  const actions = (
    <div className="actions">
      <button type="button" className="button" onClick={() => void openSession()}>
        Stay who I am
      </button>
      <button type="button" className="button primary" onClick={() => void recover(recovery)}>
        Be the person of the link
      </button>
    </div>
  );
  return (
    <PageMessage title="Change to the person of the link?" action={actions}>
      <p>
        You opened a recovery link of another person than the one who is signed in here{withMachines(machines)}. If you change, this browser
        shows the machines of the link. The others keep running.
      </p>
      {session.anonymous && (
        <>
          <p>
            The person who is signed in here has no account: without a recovery link of their own,{' '}
            <strong>their machines are out of reach for good</strong>. Copy it first.
          </p>
          <RecoveryLinkButton />
        </>
      )}
    </PageMessage>
  );
}

function withMachines(count: number): string {
  return count === 0 ? '' : count === 1 ? ', with one machine' : `, with ${count.toLocaleString()} machines`;
}
