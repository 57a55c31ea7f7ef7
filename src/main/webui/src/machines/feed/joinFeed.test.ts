import { FakeEventSource } from '../../testing/FakeEventSource';
import { FakeSharedWorker } from '../../testing/FakeSharedWorker';
import { machine } from '../../testing/machines';
import { joinFeed } from './joinFeed';
import type { FeedMessage, StreamState } from './messages';

const A_MINUTE = 60_000;

// jsdom has no SharedWorker: each tab has a stream of its own, where the test brings none.
function join() {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', vi.fn(async () => new Response(null, { status: 200 })));
  const messages: FeedMessage[] = [];
  const feed = joinFeed((message) => messages.push(message));
  feed.watch('me', 'ada');
  return { feed, messages };
}

function show(hidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

let listening: AbortController;

// A feed is as long-lived as its page. Here each test is another page.
beforeEach(() => {
  vi.stubGlobal('Notification', { permission: 'default' });
  listening = new AbortController();
  for (const target of [document, window]) {
    const listen = target.addEventListener.bind(target);
    vi.spyOn(target, 'addEventListener').mockImplementation((type: string, listener: EventListenerOrEventListenerObject) =>
      listen(type, listener, { signal: listening.signal }),
    );
  }
});

afterEach(() => {
  listening.abort();
  vi.useRealTimers();
  vi.stubGlobal('SharedWorker', undefined);
});

test('a tab that was hidden for long closes its stream and says that it is not live, until it is looked at again', async () => {
  const { feed, messages } = join();
  FakeEventSource.latest.send('snapshot', []);

  show(true);
  await vi.advanceTimersByTimeAsync(A_MINUTE / 2);
  FakeEventSource.latest.send('alive', { now: 1 });
  await vi.advanceTimersByTimeAsync(A_MINUTE / 2);
  expect(messages.at(-1)).toMatchObject({ type: 'state', state: { connection: 'lost' } });
  await vi.advanceTimersByTimeAsync(A_MINUTE);
  expect(FakeEventSource.all).toHaveLength(1);

  show(false);
  feed.retry();
  await vi.advanceTimersByTimeAsync(0);
  FakeEventSource.latest.send('snapshot', []);
  expect(FakeEventSource.all).toHaveLength(2);
  expect(messages.at(-1)).toMatchObject({ type: 'snapshot', state: { connection: 'live' } });
});

test('a tab that shows notifications keeps its stream, however long it is hidden', async () => {
  vi.stubGlobal('Notification', { permission: 'granted' });
  const { messages } = join();
  FakeEventSource.latest.send('snapshot', []);

  show(true);
  await vi.advanceTimersByTimeAsync(A_MINUTE / 2);
  FakeEventSource.latest.send('alive', { now: 1 });
  await vi.advanceTimersByTimeAsync(A_MINUTE / 2);

  expect(FakeEventSource.all).toHaveLength(1);
  expect(FakeEventSource.latest.closed).toBe(false);
  expect(messages).not.toContainEqual(expect.objectContaining({ state: expect.objectContaining({ connection: 'lost' }) as unknown }));
});

test('a tab that has left says that it is not live, and does not come back by being looked at', async () => {
  const { feed, messages } = join();
  FakeEventSource.latest.send('snapshot', []);

  feed.leave();
  expect(messages.at(-1)).toMatchObject({ type: 'state', state: { connection: 'connecting' } });
  show(true);
  await vi.advanceTimersByTimeAsync(2 * A_MINUTE);
  show(false);
  await vi.advanceTimersByTimeAsync(A_MINUTE);

  expect(FakeEventSource.all).toHaveLength(1);
});

const LIVE: StreamState = { connection: 'live', failures: 0, refusal: undefined, heardAt: 1_000, awaySince: undefined };

test('another person gets a worker of their own, and hears nothing of what the former person sees', () => {
  vi.stubGlobal('SharedWorker', FakeSharedWorker);
  const { feed, messages } = join();
  FakeSharedWorker.at(0).says({ type: 'snapshot', machines: [], state: LIVE });

  feed.watch('me', 'bob');
  FakeSharedWorker.at(0).says({ type: 'changes', changed: [machine()], removed: [] });

  expect(FakeSharedWorker.at(0).heard).toEqual(['join', 'leave']);
  expect(FakeSharedWorker.at(1).heard).toEqual(['join']);
  expect(FakeSharedWorker.at(1).options.name).not.toBe(FakeSharedWorker.at(0).options.name);
  expect(messages).toHaveLength(1);
});

test('a page that comes back from the history of the browser joins again, unless it had left', () => {
  vi.stubGlobal('SharedWorker', FakeSharedWorker);
  const { feed } = join();
  const comeBack = () => {
    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  };

  comeBack();
  expect(FakeSharedWorker.at(0).heard).toEqual(['join', 'leave']);
  expect(FakeSharedWorker.at(1).heard).toEqual(['join']);
  feed.leave();
  comeBack();

  expect(FakeSharedWorker.all).toHaveLength(2);
});

test('a tab whose worker cannot start after it has left opens no stream', () => {
  vi.stubGlobal('SharedWorker', FakeSharedWorker);
  const { feed } = join();

  feed.leave();
  FakeSharedWorker.at(0).onerror?.();

  expect(FakeEventSource.all).toHaveLength(0);
});

test('a tab whose worker cannot start opens a stream of its own', () => {
  vi.stubGlobal('SharedWorker', FakeSharedWorker);
  join();

  FakeSharedWorker.at(0).onerror?.();

  expect(FakeEventSource.latest.url).toBe('/api/machines/events');
});
