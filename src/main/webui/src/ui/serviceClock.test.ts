import { ServiceClock } from './serviceClock';

const AN_HOUR = 3_600_000;
const AT_THE_SERVICE = 1_795_450_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: AT_THE_SERVICE + AN_HOUR });
});

afterEach(() => {
  vi.useRealTimers();
});

test('the browser\'s clock is taken until the service tells the time', () => {
  const clock = new ServiceClock();

  expect(clock.now()).toBe(AT_THE_SERVICE + AN_HOUR);
  clock.learn(AT_THE_SERVICE);
  expect(clock.now()).toBe(AT_THE_SERVICE);
});

test.each([AN_HOUR, -AN_HOUR])('a browser\'s clock that steps by %d ms changes nothing', (step) => {
  const clock = new ServiceClock();
  clock.learn(AT_THE_SERVICE);

  vi.advanceTimersByTime(5_000);
  vi.setSystemTime(Date.now() + step);
  vi.advanceTimersByTime(5_000);

  expect(clock.now()).toBe(AT_THE_SERVICE + 10_000);
});
