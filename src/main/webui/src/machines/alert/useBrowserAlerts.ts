import { useEffect, useRef } from 'react';

import { needsAttention } from '../attention';
import { countText } from '../statusText';
import type { Machine } from '../types';

// What falls together is shown together.
const GATHER = 3_000;
const MOST_NAMES = 2;
// Several tabs show one notification.
const TAG = 'machine-registry';

/** Shows in the browser which machines broke, while the page is open behind others and the person has allowed it. */
export function useBrowserAlerts(machines: readonly Machine[] | undefined): void {
  const latest = useRef(machines);
  const shown = useRef<readonly Machine[]>(undefined);
  useEffect(() => {
    latest.current = machines;
    shown.current ??= machines;
  }, [machines]);

  useEffect(() => {
    const timer = setInterval(() => {
      const text = shown.current && latest.current ? brokenText(shown.current, latest.current) : '';
      shown.current = latest.current;
      if (text !== '' && document.hidden && mayShow()) {
        new Notification(text, { tag: TAG });
      }
    }, GATHER);
    return () => clearInterval(timer);
  }, []);
}

/** As in "build-7 went offline"; empty where nothing broke. A machine that is new in the list did not break just now. */
export function brokenText(before: readonly Machine[], after: readonly Machine[]): string {
  if (before === after) {
    return '';
  }
  const wereFine = new Set(before.filter((machine) => !needsAttention(machine)).map(({ machineId }) => machineId));
  const broken = after.filter((machine) => needsAttention(machine) && wereFine.has(machine.machineId));
  if (broken.length === 0) {
    return '';
  }
  const who = broken.length <= MOST_NAMES ? broken.map(({ name }) => name).join(' and ') : countText(broken.length, 'machine');
  return `${who} went offline`;
}

function mayShow(): boolean {
  return 'Notification' in window && Notification.permission === 'granted';
}
