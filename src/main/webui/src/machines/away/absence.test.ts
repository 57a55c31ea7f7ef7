import { machine } from '../../testing/machines';
import { absenceSince } from './absence';
import { lastLookOf, rememberLook } from './lastLooks';

const LOOK = { at: 1_000_000, change: 900_000 };
const gone = (name: string, statusSince: number) => machine({ name, statusSince, offlineReason: 'missed_heartbeats' });
const here = (name: string, statusSince: number) => machine({ name, statusSince, status: 'online' });
const names = (machines: readonly { name: string }[] | undefined) => machines?.map(({ name }) => name);

test('what changed after the newest change that was seen is told of, the newest first', () => {
  const absence = absenceSince(LOOK, [here('a', 900_000), gone('b', 900_001), gone('c', 2_000_000), here('d', 1_500_000)], 8_200_000);

  expect(names(absence?.offline)).toEqual(['c', 'b']);
  expect(names(absence?.online)).toEqual(['d']);
  expect(absence?.length).toBe(7_200_000);
});

test('nothing is told where nothing changed, or machines were only added', () => {
  expect(absenceSince(LOOK, [here('a', 1), gone('b', 900_000), machine({ statusSince: 2_000_000 })], 8_200_000)).toBeUndefined();
});

test('several that went within five seconds of the first are one group, two are none', () => {
  const absence = absenceSince(LOOK, [
    gone('a', 1_000_000), gone('b', 1_002_000), gone('c', 1_005_000), gone('late', 1_005_001), gone('later', 1_006_000), here('back', 1_001_000),
    ...['k', 'l', 'm', 'n'].map((name) => gone(name, 2_000_000)),
  ], 8_200_000);

  expect(absence?.together.map(names)).toEqual([['k', 'l', 'm', 'n'], ['a', 'b', 'c']]);
});

test('looks are kept for each of the twelve lists that were looked at last, and never go back', () => {
  Array.from('abcdefghijklm').forEach((list, index) => rememberLook(list, { at: index, change: index }));
  rememberLook('b', { at: 19, change: 0 });

  expect(lastLookOf('a')).toBeUndefined();
  expect(lastLookOf('b')).toEqual({ at: 19, change: 1 });
  expect(lastLookOf('f')).toEqual({ at: 5, change: 5 });
});

test.each(['', 'no json', '{}', '[["ada", null], 5, ["ada", {"at": "now"}]]'])('what nobody wrote there is no look: %s', (stored) => {
  localStorage.setItem('looked', stored);

  expect(lastLookOf('ada')).toBeUndefined();
});
