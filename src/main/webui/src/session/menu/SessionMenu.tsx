import { useState } from 'react';

import { PersonButton } from '../../teams/PersonButton';
import { laterDialog } from '../../ui/later';
import { SignInLink } from './SignInLink';
import { useSession } from '../useSession';

const SignOutDialog = laterDialog(async () => (await import('./SignOutDialog')).SignOutDialog);

export function SessionMenu() {
  const [open, setOpen] = useState(false);
  const state = useSession();
  return (
    <>
      <PersonButton />
      {state.phase === 'active' && state.session.anonymous && <SignInLink />}
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        Sign out
      </button>
      {open && <SignOutDialog onClose={() => setOpen(false)} />}
    </>
  );
}
