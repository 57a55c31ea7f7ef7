import { useSyncExternalStore } from 'react';

import { fragmentOf, parseAddress, type PageAddress } from './pageAddress';
import type { View } from './view';

interface PageAddressReturn extends PageAddress {
  /** Opens a machine's details, or closes them; the browser's Back undoes it. */
  select: (machineId: string | null) => void;
  setView: (change: Partial<View>) => void;
}

// A fragment is not sent to the service, so that what somebody searches for is in no log on the way.
let parsed = { hash: '', address: parseAddress('') };

/** What shows is kept in the address: it survives a reload, and can be sent to somebody. */
export function usePageAddress(): PageAddressReturn {
  return { ...useSyncExternalStore(subscribe, current), select, setView };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  window.addEventListener('popstate', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
    window.removeEventListener('popstate', listener);
  };
}

function current(): PageAddress {
  const { hash } = window.location;
  if (hash !== parsed.hash) {
    parsed = { hash, address: parseAddress(hash) };
  }
  return parsed.address;
}

function select(machineId: string | null): void {
  go({ ...current(), selectedId: machineId }, 'pushState');
}

// Each letter of a search as a step would make Back useless.
function setView(change: Partial<View>): void {
  const { selectedId, view } = current();
  go({ selectedId, view: { ...view, ...change } }, 'replaceState');
}

function go(address: PageAddress, way: 'pushState' | 'replaceState'): void {
  const fragment = fragmentOf(address);
  if (fragment !== window.location.hash) {
    window.history[way](way === 'pushState' ? null : window.history.state, '', fragment || window.location.pathname);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }
}
