const UNITS: readonly (readonly [name: string, millis: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
// What has just gone offline for three days is removed in 3 days, and not in 2.
const NEARLY = 0.97;

/** As in "removed in 3 days unless it comes back"; empty where the machine will not be removed. */
export function removalText(removedAt: number | undefined, now: number): string {
  if (removedAt === undefined) {
    return '';
  }
  const left = removedAt - now;
  const unit = UNITS.find(([, millis]) => left >= millis * NEARLY);
  return unit ? `removed in ${rounded(left / unit[1], unit[0])} unless it comes back` : 'removed within a minute unless it comes back';
}

function rounded(amount: number, unit: string): string {
  const count = Math.round(amount);
  return `${count.toLocaleString()} ${unit}${count === 1 ? '' : 's'}`;
}
