import type { SessionView } from '../http/contract.gen';
import { findSession, startSession } from './sessionApi';
import { hasKnownSession, isPastHalfLife, rememberLifetime } from './sessionLifetime';
import { forgetSignOut, hasSignedOut } from './signOutMemory';

/** Whoever signed out comes back, as with the browser's Back: nobody new must start without being asked to. */
export class SignedOutError extends Error {}

/** Finds, renews or starts the session; one tab at a time. */
export async function establishSession(): Promise<SessionView> {
  const signedOut = hasSignedOut();
  const found = hasKnownSession() || signedOut ? await findSession() : null;
  // Whoever signed in after a sign-out is renewed, too, so that it is known when half of the session is over.
  if (found && hasKnownSession() && !isPastHalfLife(found)) {
    forgetSignOut();
    return found;
  }
  if (!found && signedOut) {
    throw new SignedOutError();
  }
  const started = await startSession();
  forgetSignOut();
  rememberLifetime(started);
  return started;
}
