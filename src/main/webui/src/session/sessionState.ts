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
      /** the user of the session that ended */
      lastUser: string | null;
    }
  | { phase: 'signedOut' }
  /** a recovery link was opened, where another person with machines is signed in */
  | { phase: 'recoveryAsked'; recovery: string; session: SessionView; machines: number }
  /** it does not work, or did not now; `reason` is for people */
  | { phase: 'recoveryFailed'; recovery: string; reason: string; /** trying again would not help */ isFinal: boolean };

export const sessionState = new Observable<SessionState>({ phase: 'checking' });

/** Whose session it is, or was until it ended under the page. */
export function userOf(state: SessionState): string | null {
  return state.phase === 'active' ? state.session.userId : state.phase === 'signInNeeded' ? state.lastUser : null;
}
