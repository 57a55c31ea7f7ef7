import { FakeEventSource } from '../../testing/FakeEventSource';
import { machine } from '../../testing/machines';
import { FeedConnection } from './FeedConnection';
import type { FeedMessage } from './messages';

const NOON = 1_795_450_000_000;
const AN_HOUR = 3_600_000;
const SILENCE = 35_000;
const TICK = 1_000;

/** By a browser's clock that is an hour ahead. */
function connect(sessionStatus: () => number = () => 200) {
  vi.useFakeTimers({ now: NOON + AN_HOUR });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.stubGlobal('fetch', vi.fn(async () => new Response(null, { status: sessionStatus() })));
  const messages: FeedMessage[] = [];
  const connection = new FeedConnection((message) => messages.push(message));
  connection.restart();
  const state = () => messages.findLast((message) => message.type === 'snapshot' || message.type === 'state')?.state;
  return { connection, messages, state };
}

function beAlive(now: number): void {
  FakeEventSource.latest.send('alive', { now });
}

afterEach(() => vi.useRealTimers());

test('a stream that breaks is opened again, each time later', async () => {
  const { messages } = connect(() => 200);

  FakeEventSource.latest.fail();
  await vi.advanceTimersByTimeAsync(499);
  expect(FakeEventSource.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeEventSource.all).toHaveLength(2);

  FakeEventSource.latest.fail();
  await vi.advanceTimersByTimeAsync(999);
  expect(FakeEventSource.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  FakeEventSource.latest.send('snapshot', []);

  expect(messages.at(-1)).toMatchObject({ type: 'snapshot', state: { connection: 'live', failures: 0 } });
});

test('a service that is away is not asked for a stream until it answers', async () => {
  let status = 503;
  connect(() => status);

  FakeEventSource.latest.fail();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeEventSource.all).toHaveLength(1);
  status = 200;
  await vi.advanceTimersByTimeAsync(30_000);

  expect(FakeEventSource.all).toHaveLength(2);
});

test('a proxy that limits requests is asked again when it says, and not before', async () => {
  let answer = () => new Response('slow down', { status: 429, headers: { 'Retry-After': '90' } });
  const { state } = connect();
  vi.stubGlobal('fetch', vi.fn(async () => answer()));

  FakeEventSource.latest.fail();
  await vi.advanceTimersByTimeAsync(500);
  expect(state()).toMatchObject({ connection: 'lost', refusal: 429 });
  answer = () => new Response(null, { status: 200 });
  await vi.advanceTimersByTimeAsync(90_499);
  expect(FakeEventSource.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  FakeEventSource.latest.send('snapshot', []);

  expect(state()).toMatchObject({ connection: 'live', refusal: undefined });
});

test('a session that is over is reported, and nothing is tried until it is there again', async () => {
  let status = 401;
  const { connection, messages } = connect(() => status);

  FakeEventSource.latest.fail();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(messages.at(-1)).toMatchObject({ state: { connection: 'unauthorized' } });
  expect(FakeEventSource.all).toHaveLength(1);
  status = 200;
  connection.retry();
  await vi.advanceTimersByTimeAsync(0);

  expect(FakeEventSource.all).toHaveLength(2);
});

test('many changes go out together, a single one at once', async () => {
  const { messages } = connect(() => 200);
  const [first, second] = [machine(), machine()];
  FakeEventSource.latest.send('snapshot', [first, second]);
  messages.length = 0;

  FakeEventSource.latest.send('machine', { ...first, name: 'one' });
  expect(messages).toHaveLength(1);
  FakeEventSource.latest.send('machine', { ...first, name: 'two' });
  FakeEventSource.latest.send('machine', { ...first, name: 'three' });
  FakeEventSource.latest.send('removed', { machineId: second.machineId });
  expect(messages).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);

  expect(messages[1]).toEqual({ type: 'changes', changed: [{ ...first, name: 'three' }], removed: [second.machineId] });
});

test('a tab that comes later gets the list as it is now', () => {
  const { connection } = connect(() => 200);
  const [first, second] = [machine(), machine()];
  FakeEventSource.latest.send('snapshot', [first]);
  FakeEventSource.latest.send('machine', second);

  expect(connection.present()).toMatchObject([
    { type: 'snapshot', machines: [first, second], state: { connection: 'live', failures: 0 } },
  ]);
});

test('a stream that was stopped stays closed', async () => {
  const { connection } = connect(() => 200);

  FakeEventSource.latest.fail();
  connection.stop();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(FakeEventSource.all).toHaveLength(1);
});

test('a stream that was stopped is not shown as live, and comes back by a retry', async () => {
  const { connection, state } = connect(() => 200);
  FakeEventSource.latest.send('snapshot', []);

  connection.stop();
  expect(state()).toMatchObject({ connection: 'connecting' });
  connection.retry();
  await vi.advanceTimersByTimeAsync(0);

  expect(FakeEventSource.all).toHaveLength(2);
});

test('a stream that says nothing any more is taken for dead, and another is opened at once', async () => {
  const { state } = connect();
  FakeEventSource.latest.send('snapshot', []);
  beAlive(NOON);

  await vi.advanceTimersByTimeAsync(SILENCE - TICK);
  expect(state()).toMatchObject({ connection: 'live' });
  expect(FakeEventSource.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(TICK);

  expect(state()).toMatchObject({ connection: 'lost', heardAt: NOON });
  expect(FakeEventSource.all[0]).toHaveProperty('closed', true);
  expect(FakeEventSource.all).toHaveLength(2);
});

test.each(['alive', 'machine', 'away'] as const)('a stream that says %s is not dead', async (event) => {
  const { state } = connect();
  FakeEventSource.latest.send('snapshot', []);

  for (let time = 0; time < 4 * SILENCE; time += 30_000) {
    FakeEventSource.latest.send(event, { now: NOON + time, since: NOON, ...machine() });
    await vi.advanceTimersByTimeAsync(30_000);
  }

  expect(state()).toMatchObject({ connection: 'live' });
  expect(FakeEventSource.all).toHaveLength(1);
});

test('a stream that never opens is given up', async () => {
  const { state } = connect();

  await vi.advanceTimersByTimeAsync(SILENCE);

  expect(state()).toMatchObject({ connection: 'lost', heardAt: undefined });
  expect(FakeEventSource.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(SILENCE);
  expect(FakeEventSource.all).toHaveLength(3);
});

test('a stream that is alive and never shows a list is given up', async () => {
  connect();

  beAlive(NOON);
  await vi.advanceTimersByTimeAsync(20_000);
  beAlive(NOON + 20_000);
  await vi.advanceTimersByTimeAsync(SILENCE - 20_000);

  expect(FakeEventSource.all).toHaveLength(2);
});

test('a stream that is opened while the database is away is kept, and is not taken back before it has a list', async () => {
  const { state } = connect();

  FakeEventSource.latest.send('away', { since: NOON });
  await vi.advanceTimersByTimeAsync(20_000);
  beAlive(NOON + 20_000);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(FakeEventSource.all).toHaveLength(1);
  expect(state()).toMatchObject({ connection: 'live', awaySince: NOON });

  FakeEventSource.latest.send('back', { now: NOON + 40_000 });
  expect(state()).toMatchObject({ awaySince: NOON });
  FakeEventSource.latest.send('snapshot', []);
  expect(state()).toMatchObject({ awaySince: undefined });
});

test('a session that is asked for in vain is not waited for', async () => {
  connect();
  let asked = 0;
  vi.stubGlobal('fetch', (_path: string, { signal }: { signal: AbortSignal }) => {
    asked++;
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  });

  FakeEventSource.latest.fail();
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000 + 1_000);

  expect(asked).toBe(2);
});

test('a computer that slept opens another stream without a word, and says so where that takes a while', async () => {
  const { state } = connect();
  FakeEventSource.latest.send('snapshot', []);
  beAlive(NOON);

  // Timers stood still for hours.
  vi.setSystemTime(Date.now() + 8 * AN_HOUR);
  await vi.advanceTimersByTimeAsync(TICK);
  expect(FakeEventSource.all).toHaveLength(2);
  expect(state()).toMatchObject({ connection: 'live' });
  await vi.advanceTimersByTimeAsync(1_000);

  expect(state()).toMatchObject({ connection: 'lost', heardAt: NOON });
  FakeEventSource.latest.send('snapshot', []);
  expect(state()).toMatchObject({ connection: 'live' });
});

test.each([AN_HOUR, -AN_HOUR])('a clock that is set by %d ms is not worth a word', async (step) => {
  const { state, messages } = connect();
  FakeEventSource.latest.send('snapshot', []);
  beAlive(NOON);

  vi.setSystemTime(Date.now() + step);
  await vi.advanceTimersByTimeAsync(TICK);
  FakeEventSource.latest.send('snapshot', []);
  beAlive(NOON + TICK);
  await vi.advanceTimersByTimeAsync(10_000);

  expect(state()).toMatchObject({ connection: 'live' });
  expect(messages).not.toContainEqual(expect.objectContaining({ state: expect.objectContaining({ connection: 'lost' }) as unknown }));
});

test('a tab that is looked at again does not wait for the next tick', () => {
  const { connection, state } = connect();
  FakeEventSource.latest.send('snapshot', []);

  // As where a browser's timers are frozen with the tab, and its clocks go on.
  const passed = performance.now() + SILENCE;
  vi.spyOn(performance, 'now').mockReturnValue(passed);
  connection.retry();

  expect(state()).toMatchObject({ connection: 'lost' });
});

test('a database that is away is told to the tabs, and that it is back', () => {
  const { connection, state } = connect();
  FakeEventSource.latest.send('snapshot', []);

  FakeEventSource.latest.send('away', { since: NOON });
  expect(state()).toMatchObject({ connection: 'live', awaySince: NOON });
  expect(connection.present().at(-1)).toMatchObject({ type: 'snapshot', state: { awaySince: NOON } });

  FakeEventSource.latest.send('back', { now: NOON + 60_000 });
  expect(state()).toMatchObject({ connection: 'live', awaySince: undefined });
});

test('a stream that is lost while the database is away was true until the database went', async () => {
  const { state } = connect();
  FakeEventSource.latest.send('snapshot', []);
  FakeEventSource.latest.send('away', { since: NOON });

  FakeEventSource.latest.fail();
  expect(state()).toMatchObject({ connection: 'lost', awaySince: NOON });
  await vi.advanceTimersByTimeAsync(500);
  FakeEventSource.latest.send('snapshot', []);

  expect(state()).toMatchObject({ connection: 'live', awaySince: undefined });
});

test('the time at the service goes to all tabs, and to one that comes later as it is by then', async () => {
  const { connection, messages } = connect();
  FakeEventSource.latest.send('snapshot', []);

  beAlive(NOON);
  expect(messages.at(-1)).toEqual({ type: 'time', now: NOON, sentAt: NOON + AN_HOUR });
  await vi.advanceTimersByTimeAsync(5_000);
  vi.setSystemTime(Date.now() - AN_HOUR);

  expect(connection.present()[0]).toEqual({ type: 'time', now: NOON + 5_000, sentAt: NOON + 5_000 });
});
