import { learnTime } from '../../ui/clock';
import { Observable } from '../../ui/observable';
import { joinFeed } from '../feed/joinFeed';
import type { Feed, FeedMessage, StreamState } from '../feed/messages';
import { byName, twinsOf } from '../names';
import type { Machine } from '../types';
import { isSame } from './isSame';
import { stalenessOf, type Staleness } from './staleness';

/** The user's machines, by name; undefined while they are not known. An entry keeps its identity until it changes. */
export const machineList = new Observable<readonly Machine[] | undefined>(undefined);
/** The ids of machines that their names alone do not tell from each other. */
export const twins = new Observable<ReadonlySet<string>>(new Set());
export const streamState = new Observable<StreamState>({
  connection: 'connecting',
  failures: 0,
  refusal: undefined,
  heardAt: undefined,
  awaySince: undefined,
});
/** Why the list may not be true any more; undefined while it is. */
export const staleness = new Observable<Staleness | undefined>(undefined);
/** How often the list became true again after it was not. */
export const revivals = new Observable(0);

let feed: Feed | undefined;
let follows: { userId: string; owner: string } | undefined;

/** Shows what this user sees of this owner's machines from now on. */
export function followUser(userId: string, owner: string): void {
  feed ??= joinFeed(receive);
  if (follows?.userId === userId && follows.owner === owner) {
    feed.retry();
  } else {
    follows = { userId, owner };
    machineList.set(undefined);
    feed.watch(owner, userId);
  }
}

/** Comes back now, if the stream is lost. */
export function retryFeed(): void {
  if (follows) {
    feed?.retry();
  }
}

/** Forgets all machines: after signing out, or where what was asked for is not to be seen. Other tabs keep their stream. */
export function leaveFeed(): void {
  feed?.leave();
  follows = undefined;
  machineList.set(undefined);
}

export function receive(message: FeedMessage): void {
  switch (message.type) {
    case 'snapshot':
      show(merge(machineList.get() ?? [], message.machines).sort(byName));
      follow(message.state);
      break;
    case 'changes': {
      // Without a list they are of one that was forgotten, and were on their way.
      const before = machineList.get();
      if (before) {
        show(apply(before, message.changed, message.removed));
      }
      break;
    }
    case 'state':
      follow(message.state);
      break;
    case 'time':
      // A browser's clock that was set while the message was on its way is put right by the next one.
      learnTime(message.now + Math.max(0, Date.now() - message.sentAt));
  }
}

function show(machines: readonly Machine[]): void {
  const before = twins.get();
  const after = twinsOf(machines);
  if (before.size !== after.size || [...after].some((machineId) => !before.has(machineId))) {
    twins.set(after);
  }
  machineList.set(machines);
}

function follow(state: StreamState): void {
  const before = staleness.get();
  const after = stalenessOf(state);
  streamState.set(state);
  staleness.set(before && after && isSame(before, after) ? before : after);
  if (before && !after) {
    revivals.set(revivals.get() + 1);
  }
}

/** A snapshot after a lost stream is mostly what was there: what did not change is not drawn again. */
function merge(before: readonly Machine[], snapshot: readonly Machine[]): Machine[] {
  const known = new Map(before.map((machine) => [machine.machineId, machine]));
  return snapshot.map((machine) => {
    const same = known.get(machine.machineId);
    return same && isSame(same, machine) ? same : machine;
  });
}

function apply(before: readonly Machine[], changed: readonly Machine[], removed: readonly string[]): Machine[] {
  const changes = new Map(changed.map((machine) => [machine.machineId, machine]));
  const gone = new Set(removed);
  const after: Machine[] = [];
  for (const machine of before) {
    if (!gone.has(machine.machineId)) {
      after.push(changes.get(machine.machineId) ?? machine);
      changes.delete(machine.machineId);
    }
  }
  // What is almost in order is sorted in almost no time.
  return [...after, ...changes.values()].sort(byName);
}
