import { useState } from 'react';

import { PersonButton } from '../teams/PersonButton';
import { SignOutDialog } from './SignOutDialog';

export function SessionMenu() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <PersonButton />
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        Sign out
      </button>
      {open && <SignOutDialog onClose={() => setOpen(false)} />}
    </>
  );
}
