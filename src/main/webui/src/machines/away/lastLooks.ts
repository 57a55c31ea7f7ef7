import { basePath } from '../../http/servicePath';

/** When somebody last looked at a live list, and the newest change that it had; both by the service's clock. */
export interface LastLook {
  at: number;
  change: number;
}

// Another service may be below another path of the same host.
const KEY = `looked${basePath}`;
// People who share a browser, and those whom sessions without an account leave behind.
const MOST_PEOPLE = 5;

type Entry = [userId: string, look: LastLook];

export function lastLookOf(userId: string): LastLook | undefined {
  return read().find(([person]) => person === userId)?.[1];
}

/** Another tab may have seen more by now. The people who looked last are kept. */
export function rememberLook(userId: string, { at, change }: LastLook): void {
  const before = lastLookOf(userId);
  const look = { at: Math.max(at, before?.at ?? 0), change: Math.max(change, before?.change ?? 0) };
  const others = read().filter(([person]) => person !== userId);
  localStorage.setItem(KEY, JSON.stringify([[userId, look], ...others].slice(0, MOST_PEOPLE)));
}

function read(): Entry[] {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown;
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  } catch {
    return [];
  }
}

// Another version of the page may have written something else there.
function isEntry(value: unknown): value is Entry {
  const [userId, look] = Array.isArray(value) ? (value as unknown[]) : [];
  const { at, change } = (look ?? {}) as Partial<LastLook>;
  return typeof userId === 'string' && typeof at === 'number' && typeof change === 'number';
}
