import type { Session, SessionView, SignInProblem } from '../http/contract.gen';
import { isStatus, request } from '../http/request';

/** Anonymous sessions are switched off here. `signInUrl` is where people sign in instead, where one is configured. */
export class SignInNeededError extends Error {
  constructor(readonly signInUrl: string | null) {
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
      throw new SignInNeededError((error.problem as SignInProblem).signInUrl ?? null);
    }
    throw error;
  }
}

export async function endSession(): Promise<void> {
  await request('DELETE', '/api/sessions/current');
}
