import type { Machine } from '../types';

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

/** Whether a machine has been online, now or before. */
export function hasConnected(machine: Machine | undefined): machine is Machine {
  return machine !== undefined && machine.offlineReason !== 'never_connected';
}
