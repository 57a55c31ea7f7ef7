/** As the service compares texts in a search: composed, and in any case. */
export function folded(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
