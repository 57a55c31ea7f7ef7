import type { FeedCommand, FeedMessage, StreamState } from './messages';
import { SharedFeed } from './SharedFeed';

const SILENCE = 35_000;
const LIVE: StreamState = { connection: 'live', failures: 0, refusal: undefined, heardAt: 1_000, awaySince: undefined };

/** A worker that hears a tab and says what the test says. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];

  readonly heard: FeedCommand[] = [];
  readonly port = {
    onmessage: undefined as ((event: { data: FeedMessage }) => void) | undefined,
    postMessage: (command: FeedCommand) => this.heard.push(command),
    close: () => undefined,
  };

  constructor() {
    FakeWorker.all.push(this);
  }

  says(message: FeedMessage): void {
    this.port.onmessage?.({ data: message });
  }
}

function join() {
  vi.useFakeTimers();
  vi.stubGlobal('SharedWorker', FakeWorker);
  const messages: FeedMessage[] = [];
  const feed = new SharedFeed(
    'team:ops',
    (message) => messages.push(message),
    () => undefined,
  );
  feed.send('join');
  return messages;
}

const worker = (index: number) => FakeWorker.all[index] as FakeWorker;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  FakeWorker.all.length = 0;
});

test('a worker that says nothing any more is called again, and the list is not live until one answers', async () => {
  const messages = join();
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
  const messages = join();
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

  expect(FakeWorker.all).toHaveLength(1);
});
