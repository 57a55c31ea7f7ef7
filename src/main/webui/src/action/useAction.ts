import { useCallback, useState } from 'react';

import { toError } from '../http/request';

interface Action<A extends unknown[], R> {
  run: (...args: A) => Promise<R>;
  isRunning: boolean;
  error: Error | null;
}

/** Something that the user does at the service: whether it is on its way, and what went wrong. */
export function useAction<A extends unknown[], R>(action: (...args: A) => Promise<R>): Action<A, R> {
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  const run = useCallback(
    async (...args: A) => {
      setIsRunning(true);
      setError(null);
      try {
        return await action(...args);
      } catch (thrown) {
        const failure = toError(thrown);
        setError(failure);
        throw failure;
      } finally {
        setIsRunning(false);
      }
    },
    [action],
  );
  return { run, isRunning, error };
}
