import { basePath } from '../../http/servicePath';

/** When somebody last looked at a live list, and the newest change that it had; both by the service's clock. */
export interface LastLook {
  at: number;
  change: number;
}

// Another service may be below another path of the same host.
const KEY = `looked${basePath}`;
// The lists of people who share a browser, and of those whom sessions without an account leave behind.
const MOST_LISTS = 12;

type Entry = [list: string, look: LastLook];

export function lastLookOf(list: string): LastLook | undefined {
  return read().find(([other]) => other === list)?.[1];
}

/** Another tab may have seen more by now. The lists that were looked at last are kept. */
export function rememberLook(list: string, { at, change }: LastLook): void {
  const before = lastLookOf(list);
  const look = { at: Math.max(at, before?.at ?? 0), change: Math.max(change, before?.change ?? 0) };
  const others = read().filter(([other]) => other !== list);
  localStorage.setItem(KEY, JSON.stringify([[list, look], ...others].slice(0, MOST_LISTS)));
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
  const [list, look] = Array.isArray(value) ? (value as unknown[]) : [];
  const { at, change } = (look ?? {}) as Partial<LastLook>;
  return typeof list === 'string' && typeof at === 'number' && typeof change === 'number';
}
