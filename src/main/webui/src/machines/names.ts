import type { Machine } from './types';

const SHORT = 8;

/** Characters that show nothing. The service takes no name with them any more, but for joiners within words and emoji. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

const keys = new WeakMap<Machine, string>();

/** As the service orders its lists: without case, numbers by their value, and then by id. */
export function byName(one: Machine, other: Machine): number {
  const key = keyOf(one);
  const otherKey = keyOf(other);
  if (key !== otherKey) {
    return key < otherKey ? -1 : 1;
  }
  return one.machineId < other.machineId ? -1 : 1;
}

// A list of thousands is sorted again and again.
function keyOf(machine: Machine): string {
  let key = keys.get(machine);
  if (key === undefined) {
    key = nameKey(machine.name);
    keys.set(machine, key);
  }
  return key;
}

/** Keys compare as the names do. A number says first how many digits it has: eight at most in one, and a 9 before it for each eight more. */
export function nameKey(name: string): string {
  return name
    .toUpperCase()
    .toLowerCase()
    .replace(/[0-9]+/g, (digits) => {
      const value = digits.replace(/^0+(?=.)/, '');
      const more = value.length - 1;
      return '9'.repeat(Math.floor(more / SHORT)) + String(1 + (more % SHORT)) + value;
    })
    .replace(/[\ud800-\uffff]/g, inOrderOfCodePoints);
}

// The database compares code points, a browser halves of surrogate pairs, which come before the last characters of the first plane.
function inOrderOfCodePoints(unit: string): string {
  const code = unit.charCodeAt(0);
  return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
}

/** What somebody sees of a name, and can type. */
export function visiblePart(name: string): string {
  return name.normalize('NFC').replace(INVISIBLE, '').trim();
}

/** The ids of machines that cannot be told from another, or from nothing, by what is seen of their names. */
export function twinsOf(machines: readonly Machine[]): ReadonlySet<string> {
  const firsts = new Map<string, string>([['', '']]);
  const twins = new Set<string>();
  for (const { machineId, name } of machines) {
    const seen = visiblePart(name);
    const first = firsts.get(seen);
    if (first === undefined) {
      firsts.set(seen, machineId);
    } else {
      twins.add(machineId).add(first);
    }
  }
  return twins;
}

/** Keeps a text from turning what stands around it, where no element can do it. What is ASCII turns nothing. */
export function isolated(text: string): string {
  return /^[ -~]*$/.test(text) ? text : `\u2068${text}\u2069`;
}
