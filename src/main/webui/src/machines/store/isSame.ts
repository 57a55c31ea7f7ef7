/** Whether two records say the same in every field that either of them has; lists are compared by what they hold. */
export function isSame<T extends object>(one: T, other: T): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof T>;
  return [...keys].every((key) => isSameValue(one[key], other[key]));
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) {
    return true;
  }
  return isPlain(one) && isPlain(other) && Array.isArray(one) === Array.isArray(other) && isSame(one, other);
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
