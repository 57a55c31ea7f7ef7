import { countText } from '../../ui/countText';
import { duration } from '../../ui/relativeTime';
import type { Stretch } from './stripOf';

/** The strip in a sentence, for people who do not see it, as in "Online for 6 days of 7 days. Offline 3 times, for 12 minutes at most." */
export function stripText(strip: readonly Stretch[]): string {
  const known = strip.filter(({ kind }) => kind !== 'unknown');
  if (known.length === 0) {
    return 'Nothing is known of the last 7 days.';
  }
  const online = sum(known.filter(({ kind }) => kind === 'online'));
  const offline = known.filter(({ kind }) => kind !== 'online');
  const unknown = sum(strip) - sum(known);
  const parts = [unknown === 0 ? '' : `Nothing is known of ${duration(unknown)}.`];
  if (offline.length === 0) {
    parts.unshift(`Online for all of ${duration(sum(known))}.`);
  } else if (online === 0) {
    parts.unshift(`Offline for all of ${duration(sum(known))}.`);
  } else {
    const longest = duration(Math.max(...offline.map(length)));
    parts.unshift(`Online for ${duration(online)} of ${duration(sum(known))}.`, `Offline ${countText(offline.length, 'time')}, for ${longest} at most.`);
  }
  return parts.filter(Boolean).join(' ');
}

function length({ from, to }: Stretch): number {
  return to - from;
}

function sum(stretches: readonly Stretch[]): number {
  return stretches.reduce((total, stretch) => total + length(stretch), 0);
}
