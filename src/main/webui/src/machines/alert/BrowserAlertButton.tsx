import { useSyncExternalStore } from 'react';

import { askBrowser, browserPermission } from '../../ui/browserPermission';

/** Asks whether this browser may show it, too. A browser that cannot, or was asked before, is not asked. */
export function BrowserAlertButton() {
  const permission = useSyncExternalStore(browserPermission.subscribe, browserPermission.get);
  if (permission !== 'default') {
    return null;
  }
  return (
    <button type="button" className="button small" onClick={() => void askBrowser()}>
      Show it in this browser, too
    </button>
  );
}
