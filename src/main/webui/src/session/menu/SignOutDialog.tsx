import { useState } from 'react';

import { toError } from '../../http/request';
import { Checkbox } from '../../ui/Checkbox';
import { Dialog } from '../../ui/Dialog';
import { exactDay } from '../../ui/relativeTime';
import { RecoveryLinkButton } from '../recovery/RecoveryLinkButton';
import { sessionOf } from '../sessionState';
import { leaveTo } from '../signInAddress';
import { signOut } from '../sessionStore';
import { useSession } from '../useSession';

interface Props {
  onClose: () => void;
}

export function SignOutDialog({ onClose }: Props) {
  const state = useSession();
  const [error, setError] = useState<Error>();
  const [everywhere, setEverywhere] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const isAnonymous = sessionOf(state)?.anonymous !== false;
  const leave = () => {
    setLeaving(true);
    setError(undefined);
    return signOut(everywhere)
      .then(leaveTo)
      .catch((failure: unknown) => setError(toError(failure)))
      .finally(() => setLeaving(false));
  };
  // What was asked for is done: nobody must believe that they stayed.
  return (
    <Dialog title="Sign out?" onClose={() => leaving || onClose()}>
      {isAnonymous ? (
        <>
          <p>
            You are here without an account: this session is the only key to your machines. After signing out{' '}
            <strong>they are out of reach for good</strong>
            {!everywhere && ', unless you keep a recovery link'}. They keep running, but no list shows them.
          </p>
          {!everywhere && <RecoveryLinkButton />}
        </>
      ) : (
        <p>Your machines keep running and stay connected. Sign in again to see them.</p>
      )}
      {state.phase === 'active' && <p>The session would last until {exactDay(state.session.expiresAt)}, and is renewed as you come back.</p>}
      <Checkbox checked={everywhere} onChange={setEverywhere}>
        Everywhere, on every device: {isAnonymous ? 'recovery links' : 'API tokens'} and enrolment keys that you made end, too.
      </Checkbox>
      {error && (
        <p className="problem" role="alert">
          {error.message}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button" data-autofocus disabled={leaving} onClick={onClose}>
          Stay
        </button>
        <button type="button" className="button danger" disabled={leaving} onClick={leave}>
          {leaving ? 'Signing out…' : everywhere ? 'Sign out everywhere' : 'Sign out'}
        </button>
      </div>
    </Dialog>
  );
}
