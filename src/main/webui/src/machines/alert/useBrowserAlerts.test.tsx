import { renderHook } from '@testing-library/react';

import { machine } from '../../testing/machines';
import type { Machine } from '../types';
import { brokenOf, brokenText, latestOutage, useBrowserAlerts } from './useBrowserAlerts';

const MINUTE = 60_000;

interface Shown {
  text: string;
  tag: string | undefined;
}

const a = machine({ name: 'a', status: 'online' });
const b = machine({ name: 'b', status: 'online' });
const c = machine({ name: 'c', status: 'online' });
let clock = 10_000;
const gone = (one: Machine, offlineReason: Machine['offlineReason']): Machine => ({ ...one, status: 'offline', offlineReason, statusSince: ++clock });
const broken = (one: Machine) => gone(one, 'missed_heartbeats');

/** A page with the three machines, in a browser that remembers what it was to show. */
function open({ hidden = true, permission = 'granted' }: { hidden?: boolean; permission?: NotificationPermission } = {}) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  const shown: Shown[] = [];
  vi.stubGlobal('Notification', class {
    static readonly permission = permission;

    constructor(text: string, options?: NotificationOptions) {
      shown.push({ text, tag: options?.tag });
    }
  });
  const { rerender } = renderHook((machines: readonly Machine[]) => useBrowserAlerts(machines), { initialProps: [a, b, c] as readonly Machine[] });
  return { shown, becomes: rerender };
}

const texts = (shown: readonly Shown[]) => shown.map(({ text }) => text);
const tags = (shown: readonly Shown[]) => new Set(shown.map(({ tag }) => tag)).size;

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a page that is hidden, in a browser that may, shows what broke, once', () => {
  const { shown, becomes } = open();
  const without = [broken(a), b, c];

  becomes(without);
  becomes(without);
  becomes([...without]);

  expect(texts(shown)).toEqual(['a went offline']);
});

test('what breaks within a minute is one notification that grows', () => {
  const { shown, becomes } = open();
  const first = broken(a);
  const second = broken(b);

  becomes([first, b, c]);
  becomes([first, second, c]);
  becomes([first, second, broken(c)]);

  expect(texts(shown)).toEqual(['a went offline', 'a and b went offline', '3 machines went offline']);
  expect(tags(shown)).toBe(1);
});

test.each([
  ['a page that somebody looks at', { hidden: false }],
  ['a browser that may not', { permission: 'denied' }],
  ['a browser that was not asked', { permission: 'default' }],
] as const)('%s shows none', (_, how) => {
  const { shown, becomes } = open(how);

  becomes([broken(a), b, c]);

  expect(shown).toEqual([]);
});

test('a machine that says goodbye, one that comes back, and one that is new in the list are none', () => {
  const { shown, becomes } = open();

  becomes([gone(a, 'disconnected'), b, c]);
  becomes([a, b, c]);
  becomes([a, b, c, broken(machine({ name: 'd' }))]);

  expect(shown).toEqual([]);
});

test('a second outage is one more, beside the first that may still be shown', () => {
  const { shown, becomes } = open();
  const first = broken(a);

  becomes([first, b, c]);
  clock += 2 * MINUTE;
  becomes([first, broken(b), c]);
  becomes([a, b, c]);
  clock += 2 * MINUTE;
  becomes([broken(a), b, c]);

  expect(texts(shown)).toEqual(['a went offline', 'b went offline', 'a went offline']);
  expect(tags(shown)).toBe(3);
});

test('tabs that hear of the same outage in other steps show it under one tag', () => {
  const { shown, becomes } = open();
  const other = renderHook((machines: readonly Machine[]) => useBrowserAlerts(machines), { initialProps: [a, b, c] as readonly Machine[] });
  const first = broken(a);
  const both = [first, broken(b), c];

  becomes([first, b, c]);
  other.rerender(both);
  becomes(both);

  expect(texts(shown)).toEqual(['a went offline', 'a and b went offline', 'a and b went offline']);
  expect(tags(shown)).toBe(1);
});

test('a browser that refuses what it permitted is not asked for more', async () => {
  vi.resetModules();
  const { mayNotify, notify } = await import('../../ui/browserPermission');
  vi.stubGlobal('Notification', class {
    static readonly permission = 'granted';

    constructor() {
      throw new TypeError('Illegal constructor');
    }
  });
  expect(mayNotify()).toBe(true);

  notify('a went offline', 'tag');

  expect(mayNotify()).toBe(false);
});

test('an outage ends where nothing broke for a minute', () => {
  const at = (name: string, statusSince: number) => ({ ...broken(machine({ name })), statusSince });
  const spread = [at('earlier', 0), at('first', 2 * MINUTE), at('last', 4 * MINUTE), at('middle', 3 * MINUTE), a];

  expect(latestOutage(spread).map(({ name }) => name)).toEqual(['first', 'middle', 'last']);
  expect(latestOutage([a, b])).toEqual([]);
});

test('the two are named, and more are counted', () => {
  const fine = [a, b, c];

  expect(brokenText(brokenOf(fine, [broken(a), broken(b), c]))).toBe('a and b went offline');
  expect(brokenText(brokenOf(fine, fine.map(broken)))).toBe('3 machines went offline');
  expect(brokenOf([broken(a)], [a])).toEqual([]);
  expect(brokenOf([], [broken(a)])).toEqual([]);
});
