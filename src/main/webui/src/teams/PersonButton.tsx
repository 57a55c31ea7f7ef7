import { useState } from 'react';

import { sessionOf } from '../session/sessionState';
import { useSession } from '../session/useSession';
import { laterDialog } from '../ui/later';

const PersonDialog = laterDialog(async () => (await import('./PersonDialog')).PersonDialog);

/** Who is here without an account is nobody in particular. */
export function PersonButton() {
  const session = sessionOf(useSession());
  const [open, setOpen] = useState(false);
  if (session === null || session.anonymous) {
    return null;
  }
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        Account
      </button>
      {open && <PersonDialog session={session} onClose={() => setOpen(false)} />}
    </>
  );
}
