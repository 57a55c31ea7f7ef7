/** As in "99.8 % online". All and nothing are said of just that; null is a time that is not known. */
export function uptimeText(part: number | null): string {
  if (part === null) {
    return 'not known for so long';
  }
  const percent = part === 0 || part === 1 ? part * 100 : Math.min(99.9, Math.max(0.1, Math.round(part * 1_000) / 10));
  return `${percent.toLocaleString()} % online`;
}
