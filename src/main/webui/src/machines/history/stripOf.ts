import type { StatusChange } from '../../http/contract.gen';
import { needsAttention } from '../status/attention';

/** `broken` went offline without a goodbye; `offline` did, or had never connected; of `unknown` nobody can tell. */
export type StripKind = 'online' | 'broken' | 'offline' | 'unknown';

export interface Stretch {
  kind: StripKind;
  from: number;
  to: number;
}

interface Span {
  from: number;
  to: number;
}

/**
 * What a machine was from one moment to another, without gaps, the oldest first. Before the oldest change that the history keeps, and
 * after the moment as of which it is true, that is not known.
 *
 * @param changes the newest first
 */
export function stripOf(changes: readonly StatusChange[], { from, to }: Span, trueUntil: number): Stretch[] {
  const end = Math.max(from, Math.min(to, trueUntil));
  const known: Stretch[] = changes
    .map((change, index): Stretch => ({ kind: kindOf(change), from: change.at, to: changes[index - 1]?.at ?? end }))
    .reverse();
  const oldest = known[0]?.from ?? end;
  const all: Stretch[] = [{ kind: 'unknown', from, to: oldest }, ...known, { kind: 'unknown', from: end, to }];
  return joined(all.map((stretch) => ({ ...stretch, from: within(stretch.from, from, to), to: within(stretch.to, from, to) })));
}

function kindOf({ status, offlineReason }: StatusChange): StripKind {
  if (status === 'online') {
    return 'online';
  }
  return needsAttention({ status, offlineReason }) ? 'broken' : 'offline';
}

function within(time: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, time));
}

/** What takes no time is left out, and neighbours of one kind are one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches.filter(({ from, to }) => to > from)) {
    const last = all.at(-1);
    if (last?.kind === stretch.kind) {
      last.to = stretch.to;
    } else {
      all.push({ ...stretch });
    }
  }
  return all;
}
