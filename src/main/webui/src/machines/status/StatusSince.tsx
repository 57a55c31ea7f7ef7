import { forSoLong, timeOfDay } from '../../ui/relativeTime';
import { RelativeTime } from '../../ui/RelativeTime';
import { useAsOf } from '../staleness/useAsOf';
import type { Machine } from '../types';

interface Props {
  machine: Machine;
}

/**
 * How long a machine has been what its badge says, to be read after it: "Online", "for 3 days". While the list is not true, nobody knows
 * how long that lasts: it says since when, or as of when, a machine was so.
 */
export function StatusSince({ machine }: Props) {
  const asOf = useAsOf();
  if (asOf !== undefined && machine.status === 'online') {
    return asOf === '' ? 'not known' : `as of ${asOf}`;
  }
  if (machine.offlineReason === 'never_connected') {
    return <span aria-label="never connected">–</span>;
  }
  return <RelativeTime time={machine.statusSince} say={asOf === undefined ? forSoLong : sinceThen} />;
}

function sinceThen(time: number, now: number): string {
  return `since ${timeOfDay(time, now)}`;
}
