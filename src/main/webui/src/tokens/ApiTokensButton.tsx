import { useState } from 'react';

import { sessionOf } from '../session/sessionState';
import { useSession } from '../session/useSession';
import { laterDialog } from '../ui/later';

const ApiTokensDialog = laterDialog(async () => (await import('./ApiTokensDialog')).ApiTokensDialog);

/** For people with an account: who tries the service out has a session, which a program can have by itself. */
export function ApiTokensButton() {
  const session = sessionOf(useSession());
  const [open, setOpen] = useState(false);
  const hasAccount = session?.anonymous === false;
  return (
    <>
      {hasAccount && (
        <button type="button" className="button quiet" onClick={() => setOpen(true)}>
          API tokens
        </button>
      )}
      {/* It may show a token that is nowhere else, also where the session has ended. */}
      {open && <ApiTokensDialog onClose={() => setOpen(false)} />}
    </>
  );
}
