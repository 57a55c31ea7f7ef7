import { duration } from '../ui/relativeTime';
import type { Machine } from './types';

/** Why a machine is offline, as in "silent for 3 minutes"; empty when it is online. */
export function reasonText({ offlineReason, lastSeen }: Machine, now: number): string {
  switch (offlineReason) {
    case null:
      return '';
    case 'never_connected':
      return 'never connected';
    case 'disconnected':
      return 'disconnected';
    case 'connection_lost':
      return 'connection lost';
    case 'missed_heartbeats':
      return `silent for ${duration(now - lastSeen)}`;
  }
}

export function countText(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}
