import { FakeEventSource } from '../../testing/FakeEventSource';
import { joinFeed } from './joinFeed';
import type { FeedMessage } from './messages';

const A_MINUTE = 60_000;

// jsdom has no SharedWorker: each tab has a stream of its own.
function join() {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', vi.fn(async () => new Response(null, { status: 200 })));
  const messages: FeedMessage[] = [];
  const feed = joinFeed((message) => messages.push(message));
  feed.send('join');
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
  const listen = document.addEventListener.bind(document);
  vi.spyOn(document, 'addEventListener').mockImplementation((type: string, listener: EventListenerOrEventListenerObject) =>
    listen(type, listener, { signal: listening.signal }),
  );
});

afterEach(() => {
  listening.abort();
  vi.useRealTimers();
});

test('a tab that was hidden for long closes its stream and says that it is not live, until it is looked at again', async () => {
  const { messages } = join();
  FakeEventSource.latest.send('snapshot', []);

  show(true);
  await vi.advanceTimersByTimeAsync(A_MINUTE / 2);
  FakeEventSource.latest.send('alive', { now: 1 });
  await vi.advanceTimersByTimeAsync(A_MINUTE / 2);
  expect(messages.at(-1)).toMatchObject({ type: 'state', state: { connection: 'lost' } });
  await vi.advanceTimersByTimeAsync(A_MINUTE);
  expect(FakeEventSource.all).toHaveLength(1);

  show(false);
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

test('a tab that left after signing out does not come back by being looked at', async () => {
  const { feed } = join();
  FakeEventSource.latest.send('snapshot', []);

  feed.send('stop');
  show(true);
  await vi.advanceTimersByTimeAsync(2 * A_MINUTE);
  show(false);
  await vi.advanceTimersByTimeAsync(A_MINUTE);

  expect(FakeEventSource.all).toHaveLength(1);
});
