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
  window.name = JSON.stringify(['team:ops', 'ada']);
  await import('./feed.worker');
  const scope = globalThis as unknown as { onconnect: (event: { ports: Port[] }) => void };
  const connect = () => {
    const heard: FeedMessage[] = [];
    const port: Port = { postMessage: (message) => heard.push(message) };
    scope.onconnect({ ports: [port] });
    const send = (data: FeedCommand) => port.onmessage?.({ data });
    send('join');
    return { heard, send };
  };
  return Object.assign(() => connect().heard, { connect });
}

test('a worker tells of the machines of the owner in its name', async () => {
  const openTab = await startWorker();

  openTab();

  expect(FakeEventSource.latest.url).toBe('/api/machines/events?owner=team%3Aops');
});

test('a tab that leaves ends the stream of no other, and who comes after the last one has left gets a new stream', async () => {
  const { connect } = await startWorker();
  const [first, second] = [connect(), connect()];
  FakeEventSource.latest.send('snapshot', []);

  first.send('leave');
  FakeEventSource.latest.send('machine', machine());
  expect(second.heard.at(-1)).toMatchObject({ type: 'changes' });
  second.send('leave');
  expect(FakeEventSource.latest.closed).toBe(true);
  const third = connect();
  FakeEventSource.latest.send('snapshot', []);

  expect(third.heard.at(-1)).toMatchObject({ type: 'snapshot', state: { connection: 'live' } });
});

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
