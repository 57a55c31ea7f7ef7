import { useState } from 'react';

import { SignOutDialog } from './SignOutDialog';

export function SessionMenu() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        Sign out
      </button>
      {open && <SignOutDialog onClose={() => setOpen(false)} />}
    </>
  );
}
