import { useSyncExternalStore } from 'react';

import { Observable } from '../../ui/observable';

const NONE: ReadonlySet<string> = new Set();

/** The ids of the machines that flapped when the service was last asked. */
export const flapping = new Observable(NONE);

export function setFlapping(machineIds: readonly string[]): void {
  flapping.set(machineIds.length === 0 ? NONE : new Set(machineIds));
}

export function useFlapping(): ReadonlySet<string> {
  return useSyncExternalStore(flapping.subscribe, flapping.get);
}

export function useIsFlapping(machineId: string): boolean {
  return useSyncExternalStore(flapping.subscribe, () => flapping.get().has(machineId));
}
