import { FakeEventSource } from '../../testing/FakeEventSource';
import { machine } from '../../testing/machines';
import type { FeedCommand, FeedMessage } from './messages';

interface Port {
  postMessage: (message: FeedMessage) => void;
  onmessage?: (event: { data: FeedCommand }) => void;
}

/** Starts a worker, and returns what opens a tab: its messages. */
async function startWorker() {
  vi.resetModules();
  await import('./feed.worker');
  const scope = globalThis as unknown as { onconnect: (event: { ports: Port[] }) => void };
  return () => {
    const heard: FeedMessage[] = [];
    const port: Port = { postMessage: (message) => heard.push(message) };
    scope.onconnect({ ports: [port] });
    port.onmessage?.({ data: 'join' });
    return heard;
  };
}

test('a tab that joins while the database is away is told so, and the time at the service', async () => {
  const openTab = await startWorker();
  const first = openTab();
  const box = machine();
  FakeEventSource.latest.send('snapshot', [box]);
  FakeEventSource.latest.send('alive', { now: 5_000 });
  FakeEventSource.latest.send('away', { since: 4_000 });

  const later = openTab();

  expect(FakeEventSource.all).toHaveLength(1);
  expect(first.at(-1)).toMatchObject({ type: 'state', state: { connection: 'live', awaySince: 4_000 } });
  expect(later).toMatchObject([{ type: 'time' }, { type: 'snapshot', machines: [box], state: { connection: 'live', awaySince: 4_000 } }]);
});

test('a tab that joins while the stream is lost is told since when', async () => {
  const openTab = await startWorker();
  openTab();
  FakeEventSource.latest.send('snapshot', []);
  FakeEventSource.latest.fail();

  const later = openTab();

  expect(later).toMatchObject([{ type: 'snapshot', state: { connection: 'lost', heardAt: expect.any(Number) as number } }]);
});
