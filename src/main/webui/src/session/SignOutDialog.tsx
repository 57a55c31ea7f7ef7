import { useState } from 'react';

import { toError } from '../http/request';
import { Dialog } from '../ui/Dialog';
import { exactDay } from '../ui/relativeTime';
import { signOut } from './sessionStore';
import { useSession } from './useSession';

interface Props {
  onClose: () => void;
}

export function SignOutDialog({ onClose }: Props) {
  const state = useSession();
  const [error, setError] = useState<Error>();
  const leave = () => signOut().catch((failure: unknown) => setError(toError(failure)));
  return (
    <Dialog title="Sign out?" onClose={onClose}>
      <p>
        If you started here without signing in, this session is the only key to its machines. After signing out{' '}
        <strong>they are out of reach for good</strong>: they keep running, but no list shows them any more.
      </p>
      {state.phase === 'active' && <p>The session would last until {exactDay(state.session.expiresAt)}, and is renewed as you come back.</p>}
      {error && (
        <p className="problem" role="alert">
          {error.message}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button" data-autofocus onClick={onClose}>
          Stay
        </button>
        <button type="button" className="button danger" onClick={leave}>
          Sign out
        </button>
      </div>
    </Dialog>
  );
}
