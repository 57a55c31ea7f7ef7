import { useEffect } from 'react';

import { checkPerson, openSession } from '../session/sessionStore';
import { useSession } from '../session/useSession';
import { followUser, leaveFeed, retryFeed } from './machineStore';
import { useRevivals, useStreamState } from './useMachines';

/** Ties the stream to the session: it starts anew for another user, and comes back when somebody looks. */
export function useFeed(): void {
  const session = useSession();
  const userId = session.phase === 'active' ? session.session.userId : undefined;
  const { connection } = useStreamState();
  const revivals = useRevivals();

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

  // A stream that was opened again is of whoever the cookie is of by now.
  useEffect(() => {
    if (revivals > 0) {
      void checkPerson();
    }
  }, [revivals]);

  useEffect(() => {
    const retry = () => {
      if (document.hidden) {
        return;
      }
      // The user may have signed in somewhere else meanwhile.
      if (session.phase === 'signInNeeded') {
        void openSession();
      } else {
        void checkPerson();
        retryFeed();
      }
    };
    document.addEventListener('visibilitychange', retry);
    window.addEventListener('online', retry);
    return () => {
      document.removeEventListener('visibilitychange', retry);
      window.removeEventListener('online', retry);
    };
  }, [session.phase]);
}
