import type { LabelPatch } from '../../http/contract.gen';
import { keyFault, MOST_LABELS, valueFault, type Labels } from './labelRules';

/** A label that somebody writes. */
export interface LabelRow {
  id: number;
  key: string;
  value: string;
}

export function rowsOf(labels: Labels): readonly LabelRow[] {
  return Object.entries(labels).map(([key, value], id) => ({ id, key, value }));
}

export function withNewRow(rows: readonly LabelRow[]): readonly LabelRow[] {
  return [...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, key: '', value: '' }];
}

/** What they say; a row in which nothing is written says nothing. */
export function labelsIn(rows: readonly LabelRow[]): Labels {
  return Object.fromEntries(written(rows).map(({ key, value }) => [key.trim(), value.trim()]));
}

/** What is wrong, by the ids of the rows. */
export function faultsIn(rows: readonly LabelRow[]): ReadonlyMap<number, string> {
  const faults = new Map<number, string>();
  const seen = new Set<string>();
  for (const { id, key, value } of written(rows)) {
    const twice = seen.has(key.trim()) ? 'This key is there twice.' : undefined;
    const many = seen.size >= MOST_LABELS ? `A machine has at most ${MOST_LABELS} labels.` : undefined;
    const fault = keyFault(key.trim()) ?? valueFault(value.trim()) ?? twice ?? many;
    if (fault !== undefined) {
      faults.set(id, fault);
    }
    seen.add(key.trim());
  }
  return faults;
}

/** What makes the ones of the others, as a merge patch; undefined where nothing is to be changed. */
export function patchOf(before: Labels, after: Labels): LabelPatch | undefined {
  const set = Object.entries(after).filter(([key, value]) => !Object.hasOwn(before, key) || before[key] !== value);
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const changes = [...set, ...gone.map((key) => [key, null] as const)];
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

function written(rows: readonly LabelRow[]): readonly LabelRow[] {
  return rows.filter(({ key, value }) => key.trim() !== '' || value.trim() !== '');
}
