import { isolated } from './names';
import type { Machine } from './types';

const MOST_HOSTS = 5;

const WORDS: Record<NonNullable<Machine['offlineReason']>, string> = {
  never_connected: 'never connected',
  disconnected: 'disconnected',
  connection_lost: 'connection lost',
  missed_heartbeats: 'fell silent',
};

/** Why a machine is offline, as in "fell silent". Empty when it is online. */
export function reasonWord({ offlineReason }: Pick<Machine, 'offlineReason'>): string {
  return offlineReason === null ? '' : WORDS[offlineReason];
}

/** As in "2 hosts use this token: build-7, build-9"; undefined where the token is not shared. */
export function sharedText({ sharedBy = [] }: Machine): string | undefined {
  if (sharedBy.length < 2) {
    return undefined;
  }
  const more = sharedBy.length > MOST_HOSTS ? `, and ${sharedBy.length - MOST_HOSTS} more` : '';
  return `${countText(sharedBy.length, 'host')} use this token: ${sharedBy.slice(0, MOST_HOSTS).map(isolated).join(', ')}${more}`;
}

/** As in "Not live since 14:02". */
export function notLiveText(asOf: string): string {
  return asOf === '' ? 'Not live' : `Not live since ${asOf}`;
}

/** Whether a machine has been online, now or before. */
export function hasConnected(machine: Machine | undefined): machine is Machine {
  return machine !== undefined && machine.offlineReason !== 'never_connected';
}

export function countText(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}
