import type { Machine, MachineStatus } from '../types';
import type { LastLook } from './lastLooks';

/** What changed while somebody did not look. */
export interface Absence {
  /** In milliseconds. */
  length: number;
  /** Each the newest first. */
  online: readonly Machine[];
  offline: readonly Machine[];
  /** Several that went offline together, the largest group first. */
  together: readonly (readonly Machine[])[];
}

const TOGETHER = 5_000;
const SEVERAL = 3;

/**
 * What changed after a last look; undefined where nothing did. A machine that changed and changed back is told of as what it is now: only
 * the last change is in the list.
 *
 * @param now by the service's clock
 */
export function absenceSince({ at, change }: LastLook, machines: readonly Machine[], now: number): Absence | undefined {
  const changed = machines
    .filter(({ statusSince, offlineReason }) => statusSince > change && offlineReason !== 'never_connected')
    .sort((one, other) => other.statusSince - one.statusSince);
  if (changed.length === 0) {
    return undefined;
  }
  const which = (status: MachineStatus) => changed.filter((machine) => machine.status === status);
  const offline = which('offline');
  return { length: now - at, online: which('online'), offline, together: groupsOf(offline) };
}

/** Those that changed within five seconds of the first of them, where that is several. */
function groupsOf(machines: readonly Machine[]): Machine[][] {
  const groups: Machine[][] = [];
  for (const machine of [...machines].sort((one, other) => one.statusSince - other.statusSince)) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && machine.statusSince - first.statusSince <= TOGETHER) {
      group.push(machine);
    } else {
      groups.push([machine]);
    }
  }
  return groups.filter(({ length }) => length >= SEVERAL).sort((one, other) => other.length - one.length);
}
