import type { ReactNode } from 'react';

import { RecoveryFailed } from '../recovery/RecoveryFailed';
import { RecoveryQuestion } from '../recovery/RecoveryQuestion';
import { SignedOut } from './SignedOut';
import { SignIn } from './SignIn';
import { Unreachable } from './Unreachable';
import { useSession } from '../useSession';

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
      return <Unreachable failure={state.failure} retryAt={state.retryAt} />;
    case 'signedOut':
      return <SignedOut hadAccount={state.hadAccount} />;
    case 'recoveryAsked':
      return <RecoveryQuestion state={state} />;
    case 'recoveryFailed':
      return <RecoveryFailed state={state} />;
    case 'signInNeeded':
      return state.lastSession === null ? <SignIn signInUrl={state.signInUrl} reason={state.reason} setting={state.setting} /> : children;
  }
}
