import type { SessionView } from '../http/contract.gen';
import { endSession, findSession, startSession } from './sessionApi';
import { hasKnownSession, isPastHalfLife, rememberLifetime } from './sessionLifetime';
import { hasSignedOut } from './signOutMemory';

/** Whoever signed out comes back, as with the browser's Back: nobody new must start without being asked to. */
export class SignedOutError extends Error {}

/**
 * Finds, renews or starts the session; one tab at a time.
 *
 * @param isStill whether nobody has signed out since it was asked for
 */
export async function establishSession(isStill: () => boolean): Promise<SessionView> {
  const signedOut = hasSignedOut();
  const found = hasKnownSession() || signedOut ? await findSession() : null;
  // Whoever signed in after a sign-out is renewed, too, so that it is known when half of the session is over.
  if (found && hasKnownSession() && !isPastHalfLife(found)) {
    return found;
  }
  if ((!found && signedOut) || !isStill()) {
    throw new SignedOutError();
  }
  const started = await unlessSignedOut(startSession, isStill);
  rememberLifetime(started);
  return started;
}

/**
 * Ends what was started while somebody signed out: the answer has brought a cookie, which would sign them in again. Where they have started
 * anew since, the cookie is about to be another.
 */
export async function unlessSignedOut(start: () => Promise<SessionView>, isStill: () => boolean): Promise<SessionView> {
  const started = await start();
  if (!isStill()) {
    if (hasSignedOut()) {
      await endSession();
    }
    throw new SignedOutError();
  }
  return started;
}
