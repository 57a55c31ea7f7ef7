import { useSyncExternalStore } from 'react';

const PREFIX = '#/machines/';

/** The machine whose details show, kept in the address: it can be linked to, and the browser's Back closes it. */
export function useSelectedMachine(): [machineId: string | null, select: (machineId: string | null) => void] {
  return [useSyncExternalStore(subscribe, selected), select];
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function selected(): string | null {
  const { hash } = window.location;
  return hash.startsWith(PREFIX) ? decodeURIComponent(hash.slice(PREFIX.length)) : null;
}

function select(machineId: string | null): void {
  const address = machineId === null ? window.location.pathname : PREFIX + encodeURIComponent(machineId);
  window.history.pushState(null, '', address);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
