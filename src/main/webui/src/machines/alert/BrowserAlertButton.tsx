import { useState } from 'react';

/** Asks whether this browser may show it, too. A browser that cannot, or was asked before, is not asked. */
export function BrowserAlertButton() {
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  if (permission !== 'default') {
    return null;
  }
  return (
    <button type="button" className="button small" onClick={() => void Notification.requestPermission().then(setPermission)}>
      Show it in this browser, too
    </button>
  );
}
