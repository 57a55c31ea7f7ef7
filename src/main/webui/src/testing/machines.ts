import type { Machine } from '../http/contract.gen';

let count = 0;

/** A machine that never connected, unless it is said otherwise. */
export function machine(fields: Partial<Machine> = {}): Machine {
  count++;
  return {
    machineId: `machine-${String(count).padStart(10, '0')}`,
    name: `machine ${count}`,
    status: 'offline',
    statusSince: 1_000,
    lastSeen: 1_000,
    assistantCount: 0,
    offlineReason: fields.status === 'online' ? null : 'never_connected',
    owner: 'ada',
    labels: {},
    ...fields,
  };
}
