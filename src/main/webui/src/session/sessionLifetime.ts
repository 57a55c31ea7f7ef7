import type { SessionView } from '../http/contract.gen';
import { basePath } from '../http/servicePath';
import { isTimeTold, serviceNow } from '../ui/clock';

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

// A session that started before the service had told its time: how long it lasts was measured by a browser's clock, which may be wrong.
let measuredEarly: { expiresAt: number; at: number } | undefined;

/** The service tells when a session ends, not how long it lasts in all; that is known, and kept, where it starts. */
export function rememberLifetime({ expiresAt }: SessionView): void {
  measuredEarly = isTimeTold() ? undefined : { expiresAt, at: performance.now() };
  keep(expiresAt - serviceNow());
}

function keep(lifetime: number): void {
  localStorage.setItem(KEY, String(Math.max(0, lifetime)));
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
  return serviceNow() >= halfLife(session);
}

/** Milliseconds after which to look again: soon, until the service has told its time. Timers of browsers do not last for weeks. */
export function untilNextCheck(session: SessionView): number {
  return isTimeTold() ? Math.min(LONGEST_WAIT, Math.max(MINUTE, halfLife(session) - serviceNow())) : MINUTE;
}

function halfLife({ expiresAt }: SessionView): number {
  if (isTimeTold() && measuredEarly?.expiresAt === expiresAt) {
    keep(expiresAt - serviceNow() + performance.now() - measuredEarly.at);
    measuredEarly = undefined;
  }
  return expiresAt - Number(localStorage.getItem(KEY)) / 2;
}
