/**
 * Runs one action of this name at a time, in all tabs together: two that open at once must not start two sessions. The browser's lock
 * needs HTTPS or localhost; without it they rarely do.
 *
 * @param patience for how many milliseconds others are waited for: a tab that was put to sleep may keep the lock
 */
export async function exclusively<T>(name: string, action: () => Promise<T>, patience?: number): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) {
    return action();
  }
  let begun = false;
  const signal = patience === undefined ? undefined : AbortSignal.timeout(patience);
  try {
    return await locks.request(name, signal ? { signal } : {}, () => {
      begun = true;
      return action();
    });
  } catch (failure) {
    if (begun || !signal?.aborted) {
      throw failure;
    }
    return action();
  }
}
