import { basePath } from '../http/servicePath';
import { forgetLifetime } from './sessionLifetime';

// Another service may be below another path of the same host.
const KEY = `session.signedOut${basePath}`;

/** Somebody signed out here, and did not start anew since. */
export function hasSignedOut(): boolean {
  return localStorage.getItem(KEY) !== null;
}

export function rememberSignOut(): void {
  forgetLifetime();
  localStorage.setItem(KEY, 'yes');
}

export function forgetSignOut(): void {
  localStorage.removeItem(KEY);
}
