import type { ReactNode } from 'react';

import { SessionMessage } from './SessionMessage';
import { openSession } from './sessionStore';
import { SignIn } from './SignIn';
import { useSession } from './useSession';

interface Props {
  children: ReactNode;
}

/** Shows the page to who has a session, or had one a moment ago: what is being typed must not vanish with it. */
export function SessionGate({ children }: Props) {
  const state = useSession();
  switch (state.phase) {
    case 'active':
      return children;
    case 'checking':
      return null;
    case 'unreachable':
      return (
        <SessionMessage title="The service cannot be reached" action={<RetryButton label="Try now" />}>
          <p>This page keeps trying and goes on by itself as soon as there is an answer.</p>
        </SessionMessage>
      );
    case 'signedOut':
      return (
        <SessionMessage title="You are signed out" action={<RetryButton label="Start a new session" />}>
          <p>Your machines keep running and stay connected.</p>
        </SessionMessage>
      );
    case 'signInNeeded':
      return state.lastUser === null ? <SignIn signInUrl={state.signInUrl} reason={state.reason} setting={state.setting} /> : children;
  }
}

function RetryButton({ label }: { label: string }) {
  return (
    <button type="button" className="button primary" onClick={() => void openSession()}>
      {label}
    </button>
  );
}
