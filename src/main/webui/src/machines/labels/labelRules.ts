import type { Machine } from '../types';

/** As the service's rules of labels: CONTRACT and `LabelRules.java` say them, and it decides. */
export type Labels = Readonly<Record<string, string>>;

export const MOST_LABELS = 32;
const KEY = /^[a-z0-9._/-]{1,63}$/;
/** What the machine says of itself is selected by such a key, and is no label. */
const RESERVED = 'machine.';
const LONGEST_VALUE = 63;
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** A service of the version before does not send labels. */
export function labelsOf({ labels }: Pick<Machine, 'labels'>): Labels {
  return labels ?? {};
}

/** Undefined where there is none. */
export function keyFault(key: string): string | undefined {
  if (!KEY.test(key)) {
    return 'A key has 1 to 63 of a-z 0-9 . _ / -';
  }
  return key.startsWith(RESERVED) ? `No key begins with ${RESERVED}, which is what the machine says of itself.` : undefined;
}

/** Undefined where there is none. */
export function valueFault(value: string): string | undefined {
  if ([...value.normalize('NFC')].length > LONGEST_VALUE) {
    return `A value has at most ${LONGEST_VALUE} characters.`;
  }
  return CONTROLS.test(value) ? 'A value has no control characters.' : undefined;
}

/** As in "env=prod". */
export function labelText(key: string, value: string): string {
  return value === '' ? key : `${key}=${value}`;
}
