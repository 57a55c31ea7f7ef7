import { countText } from '../../ui/countText';
import type { Machine, MachineStatus } from '../types';

const MOST_NAMES = 2;

/** As in "build-7 is online. 12 machines went offline." Empty when no status changed. */
export function announcementOf(before: readonly Machine[], after: readonly Machine[]): string {
  const statuses = new Map(before.map(({ machineId, status }) => [machineId, status]));
  const changed = after.filter(({ machineId, status }) => status !== (statuses.get(machineId) ?? 'offline'));
  return [sentence(changed, 'online'), sentence(changed, 'offline')].filter(Boolean).join(' ');
}

function sentence(changed: readonly Machine[], status: MachineStatus): string {
  const machines = changed.filter((machine) => machine.status === status);
  if (machines.length === 0) {
    return '';
  }
  return machines.length <= MOST_NAMES
    ? `${machines.map(({ name }) => name).join(' and ')} ${machines.length === 1 ? 'is' : 'are'} ${status}.`
    : `${countText(machines.length, 'machine')} ${status === 'online' ? 'came online' : 'went offline'}.`;
}
