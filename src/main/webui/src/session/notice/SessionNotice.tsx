import { Notice } from '../../ui/Notice';
import { EarlierMachines } from '../earlier/EarlierMachines';
import { RecoveryLinkButton } from '../recovery/RecoveryLinkButton';
import { signInAddress } from '../signInAddress';
import { openSession, signOut } from '../sessionStore';
import { answerNotice } from '../shownNotice';
import { useSession } from '../useSession';

/** Says so where the session ended under the page, or is another person's than was to be expected. */
export function SessionNotice() {
  const state = useSession();
  if (state.phase === 'signInNeeded') {
    return (
      <Notice action={<SignInAgain signInUrl={state.signInUrl} />}>
        {state.setting === null
          ? 'Your session has ended. Sign in again, in a tab of its own, and go on here: nothing that you typed is lost.'
          : `Your session has ended, and none can start. ${state.reason}`}
      </Notice>
    );
  }
  if (state.phase !== 'active' || state.notice === null) {
    return null;
  }
  if (state.notice === 'recovered') {
    return <Recovered />;
  }
  const replaced = <Replaced anonymous={state.session.anonymous} />;
  return state.session.anonymous ? replaced : <EarlierMachines key={state.session.userId}>{replaced}</EarlierMachines>;
}

function Replaced({ anonymous }: { anonymous: boolean }) {
  const actions = (
    <>
      {anonymous && <RecoveryLinkButton />}
      <GotIt />
    </>
  );
  return (
    <Notice action={actions} loud>
      You are another person than before: the session of this page ended or was replaced, and a new one has started. Machines of the earlier
      session are not in this list; they keep running. What you do from here on is done as the new person.
      {anonymous && ' If you kept a recovery link of the earlier person, open it to be them again. Copy one for this person now, and it will not be lost.'}
    </Notice>
  );
}

// Somebody else may have sent the link, to see what is done here from now on.
function Recovered() {
  const actions = (
    <>
      <button type="button" className="button small" onClick={() => void signOut()}>
        That is not me: sign out
      </button>
      <GotIt />
    </>
  );
  return <Notice action={actions}>You are now the person whose recovery link was opened. Whoever else has that link sees what you do here.</Notice>;
}

function GotIt() {
  return (
    <button type="button" className="button small" onClick={answerNotice}>
      Got it
    </button>
  );
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
