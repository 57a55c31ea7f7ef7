import { basePath, servicePath } from '../http/servicePath';

/** Where this page has people sign in, so that they come back to what they see now. */
export function signInAddress(): string {
  const { pathname, search, hash } = globalThis.location;
  return `${servicePath('/api/sessions/sign-in')}?next=${encodeURIComponent(pathname.slice(basePath.length) + search + hash)}`;
}

/** Leaves the page, where there is somewhere to go. */
export function leaveTo(url: string | null): void {
  if (url !== null) {
    globalThis.location.assign(url);
  }
}
