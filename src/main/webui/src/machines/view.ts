import type { Machine, MachineStatus } from './types';

export type SortKey = 'name' | 'status' | 'lastSeen' | 'assistants';

export interface View {
  search: string;
  status: MachineStatus | 'all';
  sort: SortKey;
}

export interface Totals {
  all: number;
  online: number;
  offline: number;
}

export const EVERYTHING: View = { search: '', status: 'all', sort: 'name' };

const ORDERS: Record<Exclude<SortKey, 'name'>, (one: Machine, other: Machine) => number> = {
  // What needs a look comes first.
  status: (one, other) => Number(one.status === 'online') - Number(other.status === 'online'),
  lastSeen: (one, other) => (seenAt(one) === seenAt(other) ? 0 : seenAt(other) - seenAt(one)),
  assistants: (one, other) => other.assistantCount - one.assistantCount,
};

/** The machines to show. They come by name, and equal ones stay so. */
export function viewOf(machines: readonly Machine[], { search, status, sort }: View): readonly Machine[] {
  const wanted = search.normalize('NFC').trim().toLocaleLowerCase();
  const found = machines.filter(
    (machine) =>
      (status === 'all' || machine.status === status) &&
      (wanted === '' || machine.name.toLocaleLowerCase().includes(wanted) || machine.machineId === search.trim()),
  );
  return sort === 'name' ? found : found.sort(ORDERS[sort]);
}

export function totalsOf(machines: readonly Machine[]): Totals {
  const online = machines.filter((machine) => machine.status === 'online').length;
  return { all: machines.length, online, offline: machines.length - online };
}

// The time of an online machine is when it last changed, not when it was last heard.
function seenAt(machine: Machine): number {
  return machine.status === 'online' ? Infinity : machine.lastSeen;
}
