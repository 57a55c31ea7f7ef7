import { useSyncExternalStore } from 'react';

import { connectionState, machineList, type ConnectionState } from './machineStore';
import type { Machine, MachinesData } from './types';

// Short breaks, as when the service restarts, are no error yet.
const FAILURES_UNTIL_ERROR = 2;

/** The user's machines, live. */
export function useMachines(): MachinesData {
  const machines = useSyncExternalStore(machineList.subscribe, machineList.get);
  const { failures } = useConnection();
  const error = !machines && failures >= FAILURES_UNTIL_ERROR ? new Error('The list cannot be loaded.') : null;
  return { machines, loading: !machines && !error, error };
}

/** One machine; undefined where the user has none with this id. */
export function useMachine(machineId: string): Machine | undefined {
  return useSyncExternalStore(machineList.subscribe, () =>
    machineList.get()?.find((machine) => machine.machineId === machineId),
  );
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(connectionState.subscribe, connectionState.get);
}
