import type { SessionView } from '../http/contract.gen';
import { Observable } from '../ui/observable';
import type { PersonNotice } from './personNotice';

export type SessionState =
  | { phase: 'checking' }
  | {
      phase: 'unreachable';
      failure: Error;
      /** when the page tries again, in milliseconds since the epoch by the browser's clock */
      retryAt: number;
    }
  | { phase: 'active'; session: SessionView; /** what this person has still to be told */ notice: PersonNotice | null }
  | {
      phase: 'signInNeeded';
      signInUrl: string | null;
      reason: string;
      /** what would help, where the service does not know the address that the browser is at */
      setting: string | null;
      /** the session that ended under the page */
      lastSession: SessionView | null;
    }
  | { phase: 'signedOut'; /** it was a session with an account, which one signs in to again */ hadAccount: boolean }
  /** a recovery link was opened, where another person with machines is signed in */
  | { phase: 'recoveryAsked'; recovery: string; session: SessionView; machines: number }
  /** it does not work, or did not now; `reason` is for people */
  | { phase: 'recoveryFailed'; recovery: string; reason: string; /** trying again would not help */ isFinal: boolean };

export const sessionState = new Observable<SessionState>({ phase: 'checking' });

/** The session, or the one that ended under the page: what it showed stays as it was until somebody signs in again. */
export function sessionOf(state: SessionState): SessionView | null {
  return state.phase === 'active' ? state.session : state.phase === 'signInNeeded' ? state.lastSession : null;
}

export function userOf(state: SessionState): string | null {
  return sessionOf(state)?.userId ?? null;
}

/** Tells later whether the person who acts now still does, in a session that has not ended. */
export function whileThisPerson(): () => boolean {
  const person = userOf(sessionState.get());
  return () => sessionState.get().phase === 'active' && userOf(sessionState.get()) === person;
}
