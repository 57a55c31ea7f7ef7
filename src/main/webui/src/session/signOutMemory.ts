import { basePath } from '../http/servicePath';
import { forgetLifetime } from './sessionLifetime';

// Another service may be below another path of the same host.
const KEY = `session.signedOut${basePath}`;
const ACCOUNT = 'account';

let signOuts = 0;

/** Tells later whether nobody has signed out since: what a request answers that began before is not to undo it. */
export function untilSignOut(): () => boolean {
  const before = signOuts;
  return () => signOuts === before;
}

/** Somebody signed out here, and did not start anew since. */
export function hasSignedOut(): boolean {
  return localStorage.getItem(KEY) !== null;
}

/** Whether they had an account, which one signs in to again. */
export function hadAccount(): boolean {
  return localStorage.getItem(KEY) === ACCOUNT;
}

/** Somebody signed out, here or in another tab: what was answered to this tab just before may have had it forgotten. */
export function rememberSignOut(hasAccount: boolean): void {
  signOuts++;
  forgetLifetime();
  localStorage.setItem(KEY, hasAccount ? ACCOUNT : 'yes');
}

export function forgetSignOut(): void {
  localStorage.removeItem(KEY);
}
