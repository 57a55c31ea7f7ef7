import type { Machine } from '../types';
import { keyFault, labelsOf } from './labelRules';

/** Which machines are meant by one label, as the service's `label` says it: `env`, `!gpu`, `env=prod`, `zone!=eu`. */
interface LabelSelector {
  key: string;
  /** Undefined where any will do. */
  value: string | undefined;
  negated: boolean;
}

/** The selector of exactly this label. */
export function selectorText(key: string, value: string): string {
  return `${key}=${value}`;
}

/**
 * Undefined where the list cannot tell: what a machine says of itself, as `machine.os`, is no label, and the list does not carry it.
 */
export function parseSelector(text: string): LabelSelector | undefined {
  const [, not = '', key = '', comparison, value] = /^(!?)([^=!]*)(?:(!?=)(.*))?$/su.exec(text) ?? [];
  if (keyFault(key) !== undefined || (not !== '' && comparison !== undefined)) {
    return undefined;
  }
  return { key, value: value?.normalize('NFC'), negated: not !== '' || comparison === '!=' };
}

/** Whether a machine is meant by all of these. */
export function meantBy(texts: readonly string[]): (machine: Machine) => boolean {
  const selectors = texts.map(parseSelector).filter((selector) => selector !== undefined);
  return (machine) => selectors.every((selector) => isMeant(labelsOf(machine), selector));
}

/** These, and this one: a label has one value, so that another of the same key takes the place of the first. */
export function withSelector(texts: readonly string[], added: string): readonly string[] {
  const key = parseSelector(added)?.key;
  return [...texts.filter((text) => parseSelector(text)?.key !== key), added];
}

function isMeant(labels: Readonly<Record<string, string>>, { key, value, negated }: LabelSelector): boolean {
  const has = Object.hasOwn(labels, key) && (value === undefined || labels[key] === value);
  return has !== negated;
}
