/**
 * Runs one action of this name at a time, in all tabs together: two that open at once must not start two sessions. The browser's lock
 * needs HTTPS or localhost; without it they rarely do.
 */
export async function exclusively<T>(name: string, action: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? await locks.request(name, action) : action();
}
