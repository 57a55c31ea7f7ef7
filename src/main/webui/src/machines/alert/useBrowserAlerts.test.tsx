import { renderHook } from '@testing-library/react';

import { machine } from '../../testing/machines';
import type { Machine } from '../types';
import { brokenOf, brokenText, useBrowserAlerts } from './useBrowserAlerts';

const GATHERED = 3_000;

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
  const becomes = (machines: readonly Machine[]) => {
    rerender(machines);
    vi.advanceTimersByTime(GATHERED);
  };
  return { shown, becomes };
}

const texts = (shown: readonly Shown[]) => shown.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
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

test('what breaks within seconds is shown together', () => {
  const { shown, becomes } = open();

  becomes([broken(a), broken(b), c]);

  expect(texts(shown)).toEqual(['a and b went offline']);
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
  becomes([first, broken(b), c]);
  becomes([a, b, c]);
  becomes([broken(a), b, c]);

  expect(texts(shown)).toEqual(['a went offline', 'b went offline', 'a went offline']);
  expect(new Set(shown.map(({ tag }) => tag)).size).toBe(3);
});

test('two tabs show the same outage under one tag', () => {
  const { shown, becomes } = open();
  const other = renderHook((machines: readonly Machine[]) => useBrowserAlerts(machines), { initialProps: [a, b, c] as readonly Machine[] });
  const after = [broken(a), broken(b), c];

  other.rerender(after);
  becomes(after);

  expect(shown).toHaveLength(2);
  expect(new Set(shown.map(({ tag }) => tag)).size).toBe(1);
});

test('the two are named, and more are counted', () => {
  const fine = [a, b, c];

  expect(brokenText(brokenOf(fine, [broken(a), broken(b), c]))).toBe('a and b went offline');
  expect(brokenText(brokenOf(fine, fine.map(broken)))).toBe('3 machines went offline');
  expect(brokenOf([broken(a)], [a])).toEqual([]);
  expect(brokenOf([], [broken(a)])).toEqual([]);
});
