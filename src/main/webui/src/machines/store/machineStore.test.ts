import { machine } from '../../testing/machines';
import type { StreamState } from '../feed/messages';
import { leaveFeed, machineList, receive, revivals, staleness } from './machineStore';

const LIVE: StreamState = { connection: 'live', failures: 0, refusal: undefined, heardAt: 1_000, awaySince: undefined };

test('a machine that did not change keeps its identity, so that its row is not drawn again', () => {
  const [alpha, beta] = [machine({ name: 'alpha' }), machine({ name: 'beta' })];
  receive({ type: 'snapshot', machines: [beta, alpha], state: LIVE });

  receive({ type: 'changes', changed: [{ ...beta, name: 'aaa' }], removed: [] });
  expect(machineList.get()?.map(({ name }) => name)).toEqual(['aaa', 'alpha']);
  expect(machineList.get()?.[1]).toBe(alpha);

  receive({ type: 'snapshot', machines: [{ ...alpha }], state: LIVE });
  expect(machineList.get()?.[0]).toBe(alpha);
});

test('numbers in names sort as numbers', () => {
  receive({ type: 'snapshot', machines: [machine({ name: 'runner-10' }), machine({ name: 'Runner-9' })], state: LIVE });

  expect(machineList.get()?.map(({ name }) => name)).toEqual(['Runner-9', 'runner-10']);
});

test('a machine whose token is shared now is another entry, one whose token is shared as before is not', () => {
  const alone = machine();
  const shared = { ...alone, sharedBy: ['build-7', 'build-9'] };
  receive({ type: 'snapshot', machines: [alone], state: LIVE });

  receive({ type: 'snapshot', machines: [shared], state: LIVE });
  expect(machineList.get()?.[0]).toBe(shared);

  receive({ type: 'snapshot', machines: [structuredClone(shared)], state: LIVE });
  expect(machineList.get()?.[0]).toBe(shared);
});

test('the list is as of when the stream was heard last, or when the database was reached last', () => {
  const since = (change: Partial<StreamState>) => {
    receive({ type: 'state', state: { ...LIVE, ...change } });
    return staleness.get();
  };

  expect(since({})).toBeUndefined();
  expect(since({ connection: 'lost' })).toEqual({ cause: 'notLive', since: 1_000 });
  expect(since({ awaySince: 500 })).toEqual({ cause: 'databaseAway', since: 500 });
  expect(since({ connection: 'lost', awaySince: 500 })).toEqual({ cause: 'notLive', since: 500 });
});

test('each further failure to come back is no news', () => {
  receive({ type: 'state', state: { ...LIVE, connection: 'lost', failures: 1 } });
  const before = staleness.get();

  receive({ type: 'state', state: { ...LIVE, connection: 'lost', failures: 2 } });

  expect(staleness.get()).toBe(before);
});

test('coming back is told once', () => {
  receive({ type: 'state', state: { ...LIVE, connection: 'lost' } });
  const before = revivals.get();

  receive({ type: 'snapshot', machines: [], state: LIVE });
  receive({ type: 'snapshot', machines: [], state: LIVE });

  expect(revivals.get()).toBe(before + 1);
});

test('changes that were on their way when the list was forgotten make no list', () => {
  receive({ type: 'snapshot', machines: [machine()], state: LIVE });

  leaveFeed();
  receive({ type: 'changes', changed: [machine()], removed: [] });

  expect(machineList.get()).toBeUndefined();
});
