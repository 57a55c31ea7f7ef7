import { meantBy } from '../labels/labelSelector';
import { needsAttention } from '../status/attention';
import type { Machine, MachineStatus } from '../types';
import { folded } from './folding';

export type SortKey = 'attention' | 'name' | 'since' | 'lastSeen' | 'assistants';

export type StatusChoice = MachineStatus | 'all' | 'attention' | 'flapping';

/** Which machines the list shows, and in which order. */
export interface View {
  search: string;
  status: StatusChoice;
  sort: SortKey;
  /** As the service's `label` says them; a machine must be meant by all. */
  labels: readonly string[];
  /** The label by whose values the list has headings; empty for none. */
  group: string;
}

export type Totals = Record<StatusChoice, number>;

export const EVERYTHING: View = { search: '', status: 'all', sort: 'attention', labels: [], group: '' };

const NONE: ReadonlySet<string> = new Set();

const ORDERS: Record<Exclude<SortKey, 'name'>, (one: Machine, other: Machine) => number> = {
  attention: (one, other) => Number(needsAttention(other)) - Number(needsAttention(one)),
  since: (one, other) => other.statusSince - one.statusSince,
  lastSeen: (one, other) => (seenAt(one) === seenAt(other) ? 0 : seenAt(other) - seenAt(one)),
  assistants: (one, other) => assistantsOf(other) - assistantsOf(one),
};

/**
 * The machines to show. They come by name, and equal ones stay so.
 *
 * @param foundByService the ids of what the service finds: it knows host names, which the list does not carry
 * @param flapping the ids of those that flap, which the service knows, too
 */
export function viewOf(machines: readonly Machine[], { search, status, sort, labels }: View, foundByService = NONE, flapping = NONE): readonly Machine[] {
  const isFound = searchFor(search, foundByService);
  const isMeant = meantBy(labels);
  const shown = machines.filter((machine) => hasStatus(machine, status, flapping) && isMeant(machine) && isFound(machine));
  return sort === 'name' ? shown : shown.sort(ORDERS[sort]);
}

/** Whether a machine's name or id has this text, in any case and however it is composed. */
function searchFor(search: string, foundByService = NONE): (machine: Machine) => boolean {
  const wanted = folded(search.trim());
  return ({ machineId, name }) =>
    wanted === '' || folded(name).includes(wanted) || folded(machineId).includes(wanted) || foundByService.has(machineId);
}

export function totalsOf(machines: readonly Machine[], flapping = NONE): Totals {
  const count = (status: StatusChoice) => machines.reduce((sum, machine) => sum + Number(hasStatus(machine, status, flapping)), 0);
  const [attention, online, offline] = [count('attention'), count('online'), count('offline')];
  return { all: machines.length, attention, online, offline, flapping: flapping.size === 0 ? 0 : count('flapping') };
}

/** How many assistants run: on a machine that is offline, none. */
export function assistantsOf({ status, assistantCount }: Machine): number {
  return status === 'online' ? assistantCount : 0;
}

function hasStatus(machine: Machine, wanted: StatusChoice, flapping: ReadonlySet<string>): boolean {
  switch (wanted) {
    case 'all':
      return true;
    case 'attention':
      return needsAttention(machine);
    case 'flapping':
      return flapping.has(machine.machineId);
    default:
      return machine.status === wanted;
  }
}

// The time of an online machine is when it last changed, not when it was last heard.
function seenAt(machine: Machine): number {
  return machine.status === 'online' ? Infinity : machine.lastSeen;
}
