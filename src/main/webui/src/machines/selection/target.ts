import type { FoundByService } from '../search/useFoundByService';
import type { Machine } from '../types';
import type { View } from '../view/view';

/** What a change is of: a selection that the service makes, with as many machines as it must mean, or single machines. */
export type Target = Selection | { machines: readonly Machine[] };

interface Selection {
  query: string;
  count: number;
  /** Whether it searches host names, too, which the list does not carry: the service may know of more machines than show. */
  searches: boolean;
}

/** @param found what the service found under the search when the list was shown */
export function targetOf(chosen: readonly Machine[], isAll: boolean, owner: string, view: View, found: FoundByService): Target {
  return isAll && isSelectable(chosen, view, found)
    ? { query: selectionOf(owner, view), count: chosen.length, searches: view.search.trim() !== '' }
    : { machines: chosen };
}

export function countOf(target: Target): number {
  return 'query' in target ? target.count : target.machines.length;
}

/**
 * Whether the service would select what the list shows. A status changes by itself: by the time of the answer others may have it, and as
 * many. Under a search, the service must have found all that show, and no more than the page knows of.
 */
function isSelectable(chosen: readonly Machine[], { search, status }: View, { machineIds, state }: FoundByService): boolean {
  const isFound = state === 'answered' && chosen.every(({ machineId }) => machineIds.has(machineId));
  return status === 'all' && (search.trim() === '' || isFound);
}

function selectionOf(owner: string, { search, labels }: View): string {
  const text = search.trim();
  const query = new URLSearchParams({ owner, ...(text !== '' && { q: text }) });
  labels.forEach((label) => query.append('label', label));
  return query.toString();
}
