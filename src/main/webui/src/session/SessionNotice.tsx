import { useState } from 'react';

import { Notice } from '../ui/Notice';
import { RecoveryLinkButton } from './RecoveryLinkButton';
import { signInAddress } from './signInAddress';
import { openSession } from './sessionStore';
import { useSession } from './useSession';

/** Says so where the session ended under the page. */
export function SessionNotice() {
  const state = useSession();
  const [seen, setSeen] = useState<string>();
  if (state.phase === 'signInNeeded') {
    return (
      <Notice action={<SignInAgain signInUrl={state.signInUrl} />}>
        {state.setting === null
          ? 'Your session has ended. Sign in again to go on: nothing that you typed is lost.'
          : `Your session has ended, and none can start. ${state.reason}`}
      </Notice>
    );
  }
  if (state.phase === 'active' && state.replaced && seen !== state.session.userId) {
    const { userId, anonymous } = state.session;
    const actions = (
      <>
        {anonymous && <RecoveryLinkButton />}
        <button type="button" className="button small" onClick={() => setSeen(userId)}>
          Got it
        </button>
      </>
    );
    return (
      <Notice action={actions} loud>
        You are another person than before: the session of this page ended or was replaced, and a new one has started. Machines of the
        earlier session are not in this list; they keep running. What you do from here on is done as the new person.
        {anonymous && ' If you kept a recovery link of the earlier person, open it to be them again. Copy one for this person now, and it will not be lost.'}
      </Notice>
    );
  }
  return null;
}

function SignInAgain({ signInUrl }: { signInUrl: string | null }) {
  return signInUrl === null ? (
    <button type="button" className="button small" onClick={() => void openSession()}>
      Try again
    </button>
  ) : (
    <a className="button small" href={signInAddress()} target="_blank" rel="noreferrer">
      Sign in
    </a>
  );
}
