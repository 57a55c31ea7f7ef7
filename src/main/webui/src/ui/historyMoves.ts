/**
 * Where the browser's history, or a link into this page, leads. A guard is asked before anybody else hears of a move; the browser
 * itself calls the listeners of a window in no other order than that in which they came.
 */

const listeners = new Set<() => void>();
const guards = new Set<() => boolean>();

function move(): void {
  // Each guard is asked, and none twice.
  const held = [...guards].filter((holds) => holds());
  if (held.length === 0) {
    listeners.forEach((listener) => listener());
  }
}

window.addEventListener('popstate', move);
window.addEventListener('hashchange', move);

/** @returns what ends it */
export function followMoves(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * @param holds whether this move is not to be followed
 * @returns what ends it
 */
export function guardMoves(holds: () => boolean): () => void {
  guards.add(holds);
  return () => guards.delete(holds);
}
