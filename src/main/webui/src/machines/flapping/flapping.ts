import { useSyncExternalStore } from 'react';

import { Observable } from '../../ui/observable';

const NONE: ReadonlySet<string> = new Set();

/** The ids of the machines that flapped when the service was last asked. */
const flapping = new Observable(NONE);

export function setFlapping(machineIds = NONE): void {
  flapping.set(machineIds.size === 0 ? NONE : machineIds);
}

export function useFlapping(): ReadonlySet<string> {
  return useSyncExternalStore(flapping.subscribe, flapping.get);
}

export function useIsFlapping(machineId: string): boolean {
  return useSyncExternalStore(flapping.subscribe, () => flapping.get().has(machineId));
}
