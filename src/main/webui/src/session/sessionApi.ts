import type { Session, SessionView, SignInProblem } from '../http/contract.gen';
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

/** Null without a session. */
export async function findSession(): Promise<SessionView | null> {
  try {
    return (await request('GET', '/api/sessions/current')) as SessionView;
  } catch (error) {
    if (isStatus(error, 401)) {
      return null;
    }
    throw error;
  }
}

/** Starts a session, or renews the present one. The token in the answer is left alone: the cookie carries it. */
export async function startSession(): Promise<SessionView> {
  try {
    const { userId, expiresAt } = (await request('POST', '/api/sessions')) as Session;
    return { userId, expiresAt };
  } catch (error) {
    if (isStatus(error, 403)) {
      const { signInUrl, setting } = error.problem as SignInProblem;
      throw new SignInNeededError(signInUrl ?? null, error.message, setting ?? null);
    }
    throw error;
  }
}

export async function endSession(): Promise<void> {
  await request('DELETE', '/api/sessions/current');
}
