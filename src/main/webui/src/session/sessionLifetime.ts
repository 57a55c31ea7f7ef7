import type { SessionView } from '../http/contract.gen';
import { basePath } from '../http/servicePath';

// Another service may be below another path of the same host.
const KEY = `session.lifetime${basePath}`;
const MINUTE = 60_000;
const LONGEST_WAIT = 12 * 60 * MINUTE;

// Who the session was of: one that is another person's when the page comes back must not go unnoticed.
const USER = `session.user${basePath}`;

export function rememberUser(userId: string): void {
  localStorage.setItem(USER, userId);
}

export function rememberedUser(): string | null {
  return localStorage.getItem(USER);
}

/** The service tells when a session ends, not how long it lasts in all; that is known, and kept, where it starts. */
export function rememberLifetime(session: SessionView): void {
  localStorage.setItem(KEY, String(Math.max(0, session.expiresAt - Date.now())));
}

export function forgetLifetime(): void {
  localStorage.removeItem(KEY);
  localStorage.removeItem(USER);
}

/** Where no session is known, there is no need to look for one first: starting one renews what is there. */
export function hasKnownSession(): boolean {
  return localStorage.getItem(KEY) !== null;
}

export function isPastHalfLife(session: SessionView): boolean {
  return Date.now() >= halfLife(session);
}

/** Milliseconds after which to look again; timers of browsers do not last for weeks. */
export function untilNextCheck(session: SessionView): number {
  return Math.min(LONGEST_WAIT, Math.max(MINUTE, halfLife(session) - Date.now()));
}

function halfLife(session: SessionView): number {
  const lifetime = Number(localStorage.getItem(KEY));
  return session.expiresAt - lifetime / 2;
}
