import { ago, duration, forSoLong, timeOfDay } from './relativeTime';

test.each([
  [0, '1 second'],
  [59_999, '59 seconds'],
  [60_000, '1 minute'],
  [200_000, '3 minutes'],
  [7_200_000, '2 hours'],
  [2_000_000_000, '23 days'],
])('%d ms are %s', (millis, text) => expect(duration(millis)).toBe(text));

test('what has just begun, or lies ahead of a clock, has lasted for a second', () => {
  expect(forSoLong(10_000, 70_000)).toBe('for 1 minute');
  expect(forSoLong(10_000, 10_000)).toBe('for 1 second');
  expect(forSoLong(10_000, 5_000)).toBe('for 1 second');
});

test('a moment ago, and what a clock ahead would call the future, is now', () => {
  expect(ago(10_000, 12_000)).toBe('just now');
  expect(ago(10_000, 5_000)).toBe('just now');
  expect(ago(10_000, 70_000)).toBe('1 minute ago');
});

test('a moment of today is told by the clock alone, one of another day with its date', () => {
  const noon = new Date(2026, 10, 27, 12, 2).getTime();

  expect(timeOfDay(noon, noon + 3_600_000)).toMatch(/^12:02/);
  expect(timeOfDay(noon, noon + 24 * 3_600_000)).toMatch(/27.*2026.*12:02/);
});
