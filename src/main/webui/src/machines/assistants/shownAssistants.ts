import { useEffect, useSyncExternalStore } from 'react';

import { Observable } from '../../ui/observable';
import type { Assistant } from '../types';

const NONE: readonly Assistant[] = [];

// The details know them, and the page's frame chooses among them.
const shown = new Observable(NONE);

/** The assistants whose machine's details show. */
export function useShownAssistants(): readonly Assistant[] {
  return useSyncExternalStore(shown.subscribe, shown.get);
}

/** Says which they are for as long as they show. */
export function useShowAssistants(assistants: readonly Assistant[]): void {
  useEffect(() => {
    shown.set(assistants);
    return () => shown.set(NONE);
  }, [assistants]);
}
