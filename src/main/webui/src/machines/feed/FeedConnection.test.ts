import { FakeEventSource } from '../../testing/FakeEventSource';
import { machine } from '../../testing/machines';
import { FeedConnection } from './FeedConnection';
import type { FeedMessage } from './messages';

function connect(sessionStatus: () => number) {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.stubGlobal('fetch', vi.fn(async () => new Response(null, { status: sessionStatus() })));
  const messages: FeedMessage[] = [];
  const connection = new FeedConnection((message) => messages.push(message));
  connection.restart();
  return { connection, messages };
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

  expect(messages.at(-1)).toEqual({ type: 'connection', connection: 'live', failures: 0 });
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

test('a session that is over is reported, and nothing is tried until it is there again', async () => {
  let status = 401;
  const { connection, messages } = connect(() => status);

  FakeEventSource.latest.fail();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(messages.at(-1)).toMatchObject({ connection: 'unauthorized' });
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

  expect(connection.present()).toEqual([
    { type: 'snapshot', machines: [first, second] },
    { type: 'connection', connection: 'live', failures: 0 },
  ]);
});

test('a stream that was stopped stays closed', async () => {
  const { connection } = connect(() => 200);

  FakeEventSource.latest.fail();
  connection.stop();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(FakeEventSource.all).toHaveLength(1);
});
