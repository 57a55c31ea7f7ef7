import { useEffect, useRef } from 'react';

import { needsAttention } from '../attention';
import { countText } from '../statusText';
import type { Machine } from '../types';
import { mayNotify } from './browserPermission';

// What falls together is shown together.
const GATHER = 3_000;
const MOST_NAMES = 2;

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
      const broken = brokenOf(shown.current ?? [], latest.current ?? []);
      shown.current = latest.current;
      if (broken.length > 0 && document.hidden && mayNotify()) {
        new Notification(brokenText(broken), { tag: outageOf(broken) });
      }
    }, GATHER);
    return () => clearInterval(timer);
  }, []);
}

/** The machines that broke between the two lists. One that is new in the list did not break just now. */
export function brokenOf(before: readonly Machine[], after: readonly Machine[]): Machine[] {
  if (before === after) {
    return [];
  }
  const wereFine = new Set(before.filter((machine) => !needsAttention(machine)).map(({ machineId }) => machineId));
  return after.filter((machine) => needsAttention(machine) && wereFine.has(machine.machineId));
}

/** As in "build-7 went offline". */
export function brokenText(broken: readonly Machine[]): string {
  const who = broken.length <= MOST_NAMES ? broken.map(({ name }) => name).join(' and ') : countText(broken.length, 'machine');
  return `${who} went offline`;
}

// Several tabs show one notification of the same outage. The next one has another tag, because a notification that takes the place of
// one that is still shown is put there without a sound.
function outageOf(broken: readonly Machine[]): string {
  return `machine-registry ${Math.max(...broken.map(({ statusSince }) => statusSince))}`;
}
