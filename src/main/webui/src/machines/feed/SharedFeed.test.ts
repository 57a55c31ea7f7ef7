import { FakeSharedWorker } from '../../testing/FakeSharedWorker';
import type { FeedMessage, StreamState } from './messages';
import { SharedFeed } from './SharedFeed';

const SILENCE = 35_000;
const LIVE: StreamState = { connection: 'live', failures: 0, refusal: undefined, heardAt: 1_000, awaySince: undefined };

function join() {
  vi.useFakeTimers();
  vi.stubGlobal('SharedWorker', FakeSharedWorker);
  const messages: FeedMessage[] = [];
  const feed = new SharedFeed(
    'team:ops',
    'ada',
    (message) => messages.push(message),
    () => undefined,
  );
  return { feed, messages };
}

const worker = (index: number) => FakeSharedWorker.at(index);

afterEach(() => {
  vi.useRealTimers();
});

test('a worker that says nothing any more is called again, and the list is not live until one answers', async () => {
  const { messages } = join();
  worker(0).says({ type: 'snapshot', machines: [], state: LIVE });

  await vi.advanceTimersByTimeAsync(SILENCE);
  expect(worker(1).heard).toEqual(['join']);
  expect(messages).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(messages.at(-1)).toEqual({ type: 'state', state: { ...LIVE, connection: 'lost' } });

  worker(1).says({ type: 'snapshot', machines: [], state: LIVE });
  expect(messages.at(-1)).toMatchObject({ type: 'snapshot', state: LIVE });
});

test('a worker that is well answers before anything is said', async () => {
  const { messages } = join();
  worker(0).says({ type: 'snapshot', machines: [], state: LIVE });

  await vi.advanceTimersByTimeAsync(SILENCE);
  worker(1).says({ type: 'snapshot', machines: [], state: LIVE });
  await vi.advanceTimersByTimeAsync(10_000);

  expect(messages).toHaveLength(2);
});

test('a worker that has no news is not called again while its pulse goes on', async () => {
  join();

  for (let beats = 0; beats < 12; beats++) {
    worker(0).says({ type: 'state', state: LIVE });
    await vi.advanceTimersByTimeAsync(10_000);
  }

  expect(FakeSharedWorker.all).toHaveLength(1);
});

test('a tab that has left is told nothing, and calls no worker any more', async () => {
  const { feed, messages } = join();
  worker(0).says({ type: 'snapshot', machines: [], state: LIVE });

  feed.end();
  worker(0).says({ type: 'snapshot', machines: [], state: LIVE });
  await vi.advanceTimersByTimeAsync(2 * SILENCE);

  expect(worker(0).heard).toEqual(['join', 'leave']);
  expect(messages).toHaveLength(1);
  expect(FakeSharedWorker.all).toHaveLength(1);
});
