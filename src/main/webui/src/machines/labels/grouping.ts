import { nameKey } from '../names';
import type { Machine } from '../types';
import { labelsOf } from './labelRules';

/** Stands in the list above machines with the same value of a label. */
export interface GroupHeading {
  /** Null for those that do not have the label. */
  value: string | null;
  /** By what they are grouped. */
  group: string;
  count: number;
  online: number;
}

export type ListItem = Machine | GroupHeading;

export function isHeading(item: ListItem): item is GroupHeading {
  return !('machineId' in item);
}

/** The machines below headings, in each group as they came; those without the label come last. */
export function groupedBy(machines: readonly Machine[], group: string): readonly ListItem[] {
  if (group === '') {
    return machines;
  }
  const groups = new Map<string | null, Machine[]>();
  for (const machine of machines) {
    const labels = labelsOf(machine);
    const value = Object.hasOwn(labels, group) ? (labels[group] ?? null) : null;
    const members = groups.get(value);
    if (members) {
      members.push(machine);
    } else {
      groups.set(value, [machine]);
    }
  }
  return [...groups].sort(([one], [other]) => byValue(one, other)).flatMap(([value, members]) => [headingOf(group, value, members), ...members]);
}

/** The keys of all labels that any of the machines has, in order. */
export function labelKeysOf(machines: readonly Machine[]): readonly string[] {
  const keys = new Set<string>();
  for (const machine of machines) {
    for (const key in labelsOf(machine)) {
      keys.add(key);
    }
  }
  return [...keys].sort();
}

function headingOf(group: string, value: string | null, members: readonly Machine[]): GroupHeading {
  return { group, value, count: members.length, online: members.filter(({ status }) => status === 'online').length };
}

function byValue(one: string | null, other: string | null): number {
  if (one === null || other === null) {
    return Number(one === null) - Number(other === null);
  }
  const [key, otherKey] = [nameKey(one), nameKey(other)];
  return key === otherKey ? 0 : key < otherKey ? -1 : 1;
}
