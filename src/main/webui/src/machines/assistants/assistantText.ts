import type { Assistant } from '../types';

/** A name is not always told; an id is. */
export function nameOf({ id, name }: Assistant): string {
  return name || id;
}

/** As in "opus, 4.1"; empty where neither is told. */
export function modelText({ model, version }: Assistant): string {
  return [model, version].filter(Boolean).join(', ');
}
