const UNITS: readonly (readonly [name: string, millis: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const minuteOfDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

/** As in "3 minutes"; whole units, the largest that fits. */
export function duration(millis: number): string {
  const [name, size] = UNITS.find(([, unit]) => millis >= unit) ?? ['second', 1_000];
  const count = Math.max(1, Math.floor(millis / size));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** As in "3 minutes ago". Clocks differ: what lies ahead is "just now" too. */
export function ago(time: number, now: number): string {
  return now - time < 5_000 ? 'just now' : `${duration(now - time)} ago`;
}

/** As in "for 3 minutes". */
export function forSoLong(time: number, now: number): string {
  return `for ${duration(now - time)}`;
}

export function exactTime(time: number): string {
  return exact.format(time);
}

/** As in "14:02"; with the date where that is not today's. */
export function timeOfDay(time: number, now: number): string {
  const today = new Date(time).toDateString() === new Date(now).toDateString();
  return (today ? minute : minuteOfDay).format(time);
}

export function exactDay(time: number): string {
  return day.format(time);
}
