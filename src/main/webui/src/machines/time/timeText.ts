export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** As in "5 minutes": in the largest unit that leaves nothing over. */
export function timeText(seconds: number): string {
  const [unit, name] =
    ([[DAY, 'day'], [HOUR, 'hour'], [MINUTE, 'minute']] as const).find(([length]) => seconds % length === 0) ?? ([1, 'second'] as const);
  const count = seconds / unit;
  return `${count.toLocaleString()} ${name}${count === 1 ? '' : 's'}`;
}
