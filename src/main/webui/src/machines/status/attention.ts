import type { Machine } from '../types';

/** Whether a machine went offline without a goodbye. One that was switched off, or never connected, does what it was told. */
export function needsAttention({ status, offlineReason }: Pick<Machine, 'status' | 'offlineReason'>): boolean {
  return status === 'offline' && offlineReason !== null && offlineReason !== 'disconnected' && offlineReason !== 'never_connected';
}
