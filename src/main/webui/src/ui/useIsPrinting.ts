import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

import { Observable } from './observable';

const printing = new Observable(false);

// The browser lays the pages out as soon as these return: what is to be on them must be there by then.
window.addEventListener('beforeprint', () => flushSync(() => printing.set(true)));
window.addEventListener('afterprint', () => printing.set(false));

/** Whether the page is being printed. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(printing.subscribe, printing.get);
}
