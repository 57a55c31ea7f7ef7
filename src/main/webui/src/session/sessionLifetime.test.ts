import type { SessionView } from '../http/contract.gen';

const NOON = 1_795_450_000_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const session: SessionView = { userId: 'ada', name: null, expiresAt: NOON + 12 * HOUR, anonymous: true, teams: [], administrator: false };

/** A page whose browser's clock is wrong by so much, and in which a session of twelve hours starts at noon. */
async function startAtNoon(error: number) {
  vi.useFakeTimers({ now: NOON + error });
  vi.resetModules();
  const { learnTime } = await import('../ui/clock');
  const lifetime = await import('./sessionLifetime');
  lifetime.rememberLifetime(session);
  return { learnTime, ...lifetime };
}

afterEach(() => vi.useRealTimers());

test.each([-2 * DAY, -HOUR, 0, HOUR, 2 * DAY])('a session is renewed past half of its life, with a browser whose clock is wrong by %d ms', async (error) => {
  const { learnTime, isPastHalfLife, untilNextCheck } = await startAtNoon(error);

  expect(untilNextCheck(session)).toBe(MINUTE);
  vi.advanceTimersByTime(MINUTE);
  learnTime(NOON + MINUTE);
  expect(isPastHalfLife(session)).toBe(false);
  expect(untilNextCheck(session)).toBe(6 * HOUR - MINUTE);
  vi.advanceTimersByTime(6 * HOUR);

  expect(isPastHalfLife(session)).toBe(true);
  expect(localStorage.getItem('session.lifetime')).toBe(String(12 * HOUR));
});

test('a clock that somebody sets does not end a session early', async () => {
  const { learnTime, isPastHalfLife } = await startAtNoon(0);
  learnTime(NOON);

  vi.setSystemTime(NOON + 7 * HOUR);

  expect(isPastHalfLife(session)).toBe(false);
});
