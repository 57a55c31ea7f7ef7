import type { MachineSummary, RecoveryLink, SessionView, SignedOut, SignInProblem } from '../http/contract.gen';
import { isStatus, request } from '../http/request';

/**
 * No session can be started here: `reason` is the service's. `signInUrl` is where people sign in, where one is configured; `setting`
 * what would help, where the service does not know the address that the browser is at.
 */
export class SignInNeededError extends Error {
  constructor(
    readonly signInUrl: string | null,
    readonly reason: string,
    readonly setting: string | null = null,
  ) {
    super('Your session has ended. Sign in again, then repeat this step: nothing that you typed is lost.');
    this.name = 'SignInNeededError';
  }
}

/** Replicas of the versions before, which run beside newer ones for a while, do not say who somebody is beyond their id. */
type SessionAnswer = Pick<SessionView, 'userId' | 'expiresAt'> & Partial<SessionView>;

/** The token of a session that starts is left alone: the cookie carries it. */
function viewOf({ userId, name = null, expiresAt, anonymous = true, teams = [], administrator = false }: SessionAnswer): SessionView {
  return { userId, name, expiresAt, anonymous, teams, administrator };
}

/** Null without a session. */
export async function findSession(): Promise<SessionView | null> {
  try {
    return viewOf((await request('GET', '/api/sessions/current')) as SessionAnswer);
  } catch (error) {
    if (isStatus(error, 401)) {
      return null;
    }
    throw error;
  }
}

/** Starts a session, or renews the present one. */
export async function startSession(): Promise<SessionView> {
  try {
    return viewOf((await request('POST', '/api/sessions')) as SessionAnswer);
  } catch (error) {
    if (isStatus(error, 403)) {
      const { signInUrl, setting } = error.problem as SignInProblem;
      throw new SignInNeededError(signInUrl ?? null, error.message, setting ?? null);
    }
    throw error;
  }
}

/** Where the person can sign out at the OpenID provider as well; null where there is no such place, or the session has ended before. */
export async function endSession(): Promise<string | null> {
  try {
    return signOutUrlOf(await request('DELETE', '/api/sessions/current'));
  } catch (error) {
    if (isStatus(error, 401)) {
      return null;
    }
    throw error;
  }
}

/** Ends all sessions of the person; the answer is as that of `endSession`. */
export async function endAllSessions(): Promise<string | null> {
  return signOutUrlOf(await request('DELETE', '/api/sessions'));
}

// Nothing is in the answer where there is no such place.
function signOutUrlOf(answer: unknown): string | null {
  return (answer as SignedOut | undefined)?.signOutUrl ?? null;
}

/** Starts a session of the person whose recovery link it is. */
export async function recoverSession(recovery: string): Promise<SessionView> {
  return viewOf((await request('POST', '/api/sessions', { recovery })) as SessionAnswer);
}

/** A link that leads back to the person who is signed in. */
export async function makeRecoveryLink(): Promise<string> {
  return ((await request('POST', '/api/sessions/recovery')) as RecoveryLink).url;
}

/** How many machines the person has who is signed in. */
export async function countMachines(): Promise<number> {
  return ((await request('GET', '/api/machines/summary')) as MachineSummary).total;
}
