import { useState } from 'react';

import { ApiTokensDialog } from './ApiTokensDialog';

export function ApiTokensButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        API tokens
      </button>
      {open && <ApiTokensDialog onClose={() => setOpen(false)} />}
    </>
  );
}
