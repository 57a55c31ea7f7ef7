import { useSyncExternalStore } from 'react';

import { Observable } from './observable';
import { ServiceClock } from './serviceClock';

const clock = new ServiceClock();
const now = new Observable(clock.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** From now on the page goes by the service's time. */
export function learnTime(time: number): void {
  clock.learn(time);
  tick();
}

export function isTimeTold(): boolean {
  return clock.isTold;
}

/** The time at the service, as far as it has told. */
export function serviceNow(): number {
  return clock.now();
}

function tick(): void {
  now.set(clock.now());
}

// One timer for all the page; nothing ticks while nobody watches.
function subscribe(listener: () => void): () => void {
  const unsubscribe = now.subscribe(listener);
  if (watchers++ === 0) {
    tick();
    timer = setInterval(tick, 1_000);
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
