import type { StatusChange } from '../../http/contract.gen';
import { flaps, HOUR } from './flaps';

const NOW = 100 * HOUR;

function changes(count: number, oldest: Partial<StatusChange>): StatusChange[] {
  const newest = Array.from({ length: count - 1 }, (_, index): StatusChange => ({ at: NOW - index, status: 'online', offlineReason: null }));
  return [...newest, { at: NOW - HOUR + 1, status: 'online', offlineReason: null, ...oldest }];
}

test('five changes within an hour are flapping', () => {
  expect(flaps(changes(5, {}), NOW)).toBe(true);
  expect(flaps(changes(64, {}), NOW)).toBe(true);
});

test('four are not, nor five of which the first is an hour old, or the registration', () => {
  expect(flaps(changes(4, {}), NOW)).toBe(false);
  expect(flaps(changes(5, { at: NOW - HOUR }), NOW)).toBe(false);
  expect(flaps(changes(5, { status: 'offline', offlineReason: 'never_connected' }), NOW)).toBe(false);
});
