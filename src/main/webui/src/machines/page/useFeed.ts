import { useEffect } from 'react';

import { checkPerson, openSession } from '../../session/sessionStore';
import { useSession } from '../../session/useSession';
import { maySee } from '../../teams/owners';
import { followUser, leaveFeed, retryFeed } from '../store/machineStore';
import { useRevivals, useStreamState } from '../store/useMachines';
import { usePageAddress } from '../view/usePageAddress';

/** Ties the stream to the session: it starts anew for another user, and comes back when somebody looks. */
export function useFeed(): void {
  const session = useSession();
  const userId = session.phase === 'active' ? session.session.userId : undefined;
  const { owner } = usePageAddress();
  const sees = session.phase !== 'active' || maySee(session.session, owner);
  const { connection } = useStreamState();
  const revivals = useRevivals();

  useEffect(() => {
    if (userId !== undefined && sees) {
      followUser(userId, owner);
    } else if (session.phase === 'signedOut' || !sees) {
      leaveFeed();
    }
  }, [userId, owner, sees, session.phase]);

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
