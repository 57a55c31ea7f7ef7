/** As in "Not live since 14:02". */
export function notLiveText(asOf: string): string {
  return asOf === '' ? 'Not live' : `Not live since ${asOf}`;
}
