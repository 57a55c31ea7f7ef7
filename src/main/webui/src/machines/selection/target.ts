import type { Machine } from '../types';
import type { View } from '../view';

/** What a change is of: a selection that the service makes, with as many machines as it must mean, or single machines. */
export type Target = { query: string; count: number } | { machines: readonly Machine[] };

// Of a shorter text the service finds no ids, and the list does; a longer one it does not take.
const SHORTEST_SEARCH = 3;
const LONGEST_SEARCH = 100;

export function targetOf(chosen: readonly Machine[], isAll: boolean, owner: string, view: View): Target {
  const query = isAll ? selectionOf(owner, view) : undefined;
  return query === undefined ? { machines: chosen } : { query, count: chosen.length };
}

export function countOf(target: Target): number {
  return 'query' in target ? target.count : target.machines.length;
}

/**
 * Undefined where the service may select others than the list shows. A status changes by itself: by the time of the answer others may have it,
 * and as many.
 */
function selectionOf(owner: string, { search, status, labels }: View): string | undefined {
  const text = search.trim();
  const { length } = [...text.normalize('NFC')];
  if (status !== 'all' || (text !== '' && (length < SHORTEST_SEARCH || length > LONGEST_SEARCH))) {
    return undefined;
  }
  const query = new URLSearchParams({ owner });
  if (text !== '') {
    query.set('q', text);
  }
  labels.forEach((label) => query.append('label', label));
  return query.toString();
}
