import { useSyncExternalStore } from 'react';

import type { StreamState } from '../feed/messages';
import type { Machine, MachinesData } from '../types';
import { machineList, revivals, staleness, streamState, twins } from './machineStore';
import type { Staleness } from './staleness';

// Short breaks, as when the service restarts, are no error yet.
const FAILURES_UNTIL_ERROR = 2;

const NOT_LOADED = new Error('The list cannot be loaded.');
const DATABASE_AWAY = new Error('The service cannot reach its database.');

/** The user's machines, live. */
export function useMachines(): MachinesData {
  const machines = useSyncExternalStore(machineList.subscribe, machineList.get);
  const { failures } = useStreamState();
  const stale = useStaleness();
  const error = machines ? null : errorOf(stale, failures);
  return { machines, loading: !machines && !error, error };
}

function errorOf(stale: Staleness | undefined, failures: number): Error | null {
  if (stale?.cause === 'databaseAway') {
    return DATABASE_AWAY;
  }
  return failures >= FAILURES_UNTIL_ERROR ? NOT_LOADED : null;
}

/** One machine; undefined where the user has none with this id. */
export function useMachine(machineId: string): Machine | undefined {
  return useSyncExternalStore(machineList.subscribe, () =>
    machineList.get()?.find((machine) => machine.machineId === machineId),
  );
}

/** Whether its name alone does not tell a machine from another. */
export function useIsTwin(machineId: string): boolean {
  return useSyncExternalStore(twins.subscribe, () => twins.get().has(machineId));
}

/** What a control is called after a machine, as `MachineLabel` shows it. */
export function useLabelText({ machineId, name }: Pick<Machine, 'machineId' | 'name'>): string {
  return useIsTwin(machineId) ? `${name} ${machineId}`.trim() : name;
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(streamState.subscribe, streamState.get);
}

/** Why what is shown may not be true any more; undefined while it is. */
export function useStaleness(): Staleness | undefined {
  return useSyncExternalStore(staleness.subscribe, staleness.get);
}

/** Grows each time that the list is true again after it was not. */
export function useRevivals(): number {
  return useSyncExternalStore(revivals.subscribe, revivals.get);
}
