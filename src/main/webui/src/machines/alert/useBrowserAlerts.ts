import { useEffect, useRef } from 'react';

import { mayNotify, notify } from '../../ui/browserPermission';
import { countText } from '../../ui/countText';
import { needsAttention } from '../status/attention';
import type { Machine } from '../types';

// What breaks within a minute of the one before is the same outage: silence is noticed spread over the time between two heartbeats.
const SAME_OUTAGE = 60_000;
const MOST_NAMES = 2;

/** Shows in the browser which machines broke, while the page is open behind others and the person has allowed it. */
export function useBrowserAlerts(machines: readonly Machine[] | undefined): void {
  const shown = useRef<readonly Machine[]>(undefined);
  useEffect(() => {
    const before = shown.current;
    shown.current = machines;
    if (before && machines && brokenOf(before, machines).length > 0 && document.hidden && mayNotify()) {
      const outage = latestOutage(machines);
      notify(brokenText(outage), tagOf(outage));
    }
  }, [machines]);
}

/** The machines that broke between the two lists. One that is new in the list did not break just now. */
export function brokenOf(before: readonly Machine[], after: readonly Machine[]): Machine[] {
  if (before === after) {
    return [];
  }
  const wereFine = new Set(before.filter((machine) => !needsAttention(machine)).map(({ machineId }) => machineId));
  return after.filter((machine) => needsAttention(machine) && wereFine.has(machine.machineId));
}

/** The broken machine that broke last, and those that broke shortly before it or each other; the first of them first. */
export function latestOutage(machines: readonly Machine[]): Machine[] {
  const latestFirst = machines.filter(needsAttention).sort((one, other) => other.statusSince - one.statusSince);
  const end = latestFirst.findIndex(({ statusSince }, i) => (latestFirst[i - 1]?.statusSince ?? statusSince) - statusSince > SAME_OUTAGE);
  return latestFirst.slice(0, end === -1 ? undefined : end).reverse();
}

/** As in "build-7 went offline". */
export function brokenText(broken: readonly Machine[]): string {
  const who = broken.length <= MOST_NAMES ? broken.map(({ name }) => name).join(' and ') : countText(broken.length, 'machine');
  return `${who} went offline`;
}

// A notification takes the place of one with the same tag, without a sound. So an outage is one that grows, in however many tabs, which
// all have the same list; the next outage has another tag, and is heard.
function tagOf(outage: readonly Machine[]): string {
  return `machine-registry ${outage[0]?.statusSince}`;
}
