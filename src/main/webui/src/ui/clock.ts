import { useSyncExternalStore } from 'react';

import { Observable } from './observable';

const now = new Observable(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

// One timer for all the page; nothing ticks while nobody watches.
function subscribe(listener: () => void): () => void {
  const unsubscribe = now.subscribe(listener);
  if (watchers++ === 0) {
    now.set(Date.now());
    timer = setInterval(() => now.set(Date.now()), 1_000);
  }
  return () => {
    unsubscribe();
    if (--watchers === 0) {
      clearInterval(timer);
    }
  };
}

/** A text that depends on the time. What uses it is drawn again when the text changes, not each second. */
export function useTicking(text: (now: number) => string): string {
  return useSyncExternalStore(subscribe, () => text(now.get()));
}
