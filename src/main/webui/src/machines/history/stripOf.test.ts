import type { StatusChange } from '../../http/contract.gen';
import { stripOf } from './stripOf';
import { stripText } from './stripText';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = { from: 0, to: 7 * DAY };

const online = (at: number): StatusChange => ({ at, status: 'online', offlineReason: null });
const silent = (at: number): StatusChange => ({ at, status: 'offline', offlineReason: 'missed_heartbeats' });
const gone = (at: number): StatusChange => ({ at, status: 'offline', offlineReason: 'disconnected' });

const kinds = (changes: StatusChange[], trueUntil = WEEK.to) => stripOf(changes, WEEK, trueUntil).map(({ kind, from, to }) => [kind, from / DAY, to / DAY]);

test('what the history does not reach is not known', () => {
  expect(kinds([silent(5 * DAY), online(3 * DAY)])).toEqual([['unknown', 0, 3], ['online', 3, 5], ['broken', 5, 7]]);
  expect(kinds([])).toEqual([['unknown', 0, 7]]);
});

test('what was before the seven days is cut off, and lasts into them', () => {
  expect(kinds([online(-DAY), silent(-2 * DAY)])).toEqual([['online', 0, 7]]);
});

test('what came after the list was last true is not known', () => {
  expect(kinds([online(DAY)], 6 * DAY)).toEqual([['unknown', 0, 1], ['online', 1, 6], ['unknown', 6, 7]]);
  expect(kinds([online(DAY)], 0)).toEqual([['unknown', 0, 7]]);
});

test('a goodbye is told from a break, and two changes in one millisecond leave no gap', () => {
  expect(kinds([gone(4 * DAY), online(4 * DAY), silent(2 * DAY), online(DAY)])).toEqual([
    ['unknown', 0, 1], ['online', 1, 2], ['broken', 2, 4], ['offline', 4, 7],
  ]);
});

test.each([
  [[], 'Nothing is known of the last 7 days.'],
  [[online(-DAY)], 'Online for all of 7 days.'],
  [[online(2 * DAY)], 'Online for all of 5 days. Nothing is known of 2 days.'],
  [[silent(-DAY)], 'Offline for all of 7 days.'],
  [[online(6 * DAY), silent(5 * DAY), online(4 * DAY + HOUR), silent(4 * DAY), online(-DAY)], 'Online for 5 days of 7 days. Offline 2 times, for 1 day at most.'],
])('the strip is told in words, too', (changes, text) => expect(stripText(stripOf(changes, WEEK, WEEK.to))).toBe(text));
