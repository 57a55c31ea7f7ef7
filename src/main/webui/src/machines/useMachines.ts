import { useEffect, useSyncExternalStore } from 'react';

import { openSession } from '../session/sessionStore';
import { useSession } from '../session/useSession';
import { connectionState, followUser, leaveFeed, machineList, retryFeed, type ConnectionState } from './machineStore';
import type { Machine, MachinesData } from './types';

// Short breaks, as when the service restarts, are no error yet.
const FAILURES_UNTIL_ERROR = 2;

/** The user's machines, live. */
export function useMachines(): MachinesData {
  const machines = useSyncExternalStore(machineList.subscribe, machineList.get);
  const { failures } = useConnection();
  const error = !machines && failures >= FAILURES_UNTIL_ERROR ? new Error('The list cannot be loaded.') : null;
  return { machines, loading: !machines && !error, error };
}

/** One machine; undefined where the user has none with this id. */
export function useMachine(machineId: string): Machine | undefined {
  return useSyncExternalStore(machineList.subscribe, () =>
    machineList.get()?.find((machine) => machine.machineId === machineId),
  );
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(connectionState.subscribe, connectionState.get);
}

/** Ties the stream to the session: it starts anew for another user, and comes back when somebody looks. */
export function useFeed(): void {
  const session = useSession();
  const userId = session.phase === 'active' ? session.session.userId : undefined;
  const { connection } = useConnection();

  useEffect(() => {
    if (userId !== undefined) {
      followUser(userId);
    } else if (session.phase === 'signedOut') {
      leaveFeed();
    }
  }, [userId, session.phase]);

  useEffect(() => {
    if (connection === 'unauthorized') {
      void openSession().then(retryFeed);
    }
  }, [connection]);

  useEffect(() => {
    const retry = () => !document.hidden && retryFeed();
    document.addEventListener('visibilitychange', retry);
    window.addEventListener('online', retry);
    return () => {
      document.removeEventListener('visibilitychange', retry);
      window.removeEventListener('online', retry);
    };
  }, []);
}
