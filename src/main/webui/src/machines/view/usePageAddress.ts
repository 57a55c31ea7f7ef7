import { useSyncExternalStore } from 'react';

import { followMoves } from '../../ui/historyMoves';
import { withSelector } from '../labels/labelSelector';
import { fragmentOf, parseAddress, type PageAddress } from './pageAddress';
import type { View } from './view';

interface PageAddressReturn extends PageAddress {
  /** Opens a machine's details, or closes them; the browser's Back undoes it. */
  select: (machineId: string | null) => void;
  /** Leads to one of the assistants of the machine whose details are open, or to none. */
  selectAssistant: (assistantId: string | null) => void;
  setView: (change: Partial<View>) => void;
  /** Shows only machines that this label selects, of those that show. */
  selectLabel: (selector: string) => void;
  /** Shows another owner's machines; Back undoes it. */
  setOwner: (owner: string) => void;
}

// A fragment is not sent to the service, so that what somebody searches for is in no log on the way.
let parsed = { hash: '', address: parseAddress('') };
let subscribers = 0;

/** What shows is kept in the address: it survives a reload, and can be sent to somebody. */
export function usePageAddress(): PageAddressReturn {
  return { ...useSyncExternalStore(subscribe, current), select, selectAssistant, setView, selectLabel, setOwner };
}

function subscribe(listener: () => void): () => void {
  read();
  subscribers++;
  const endFollowing = followMoves(() => {
    read();
    listener();
  });
  return () => {
    subscribers--;
    endFollowing();
  };
}

// The address changes before its events come, which something that guards the page may keep for itself.
function current(): PageAddress {
  if (subscribers === 0) {
    read();
  }
  return parsed.address;
}

function read(): void {
  const { hash } = window.location;
  if (hash !== parsed.hash) {
    parsed = { hash, address: parseAddress(hash) };
  }
}

function select(machineId: string | null): void {
  const { owner, view } = current();
  go({ owner, selectedId: machineId, view }, 'pushState');
}

// The arrow keys choose one after the other.
function selectAssistant(assistantId: string | null): void {
  const { owner, selectedId, view } = current();
  go({ owner, selectedId, view, ...(assistantId !== null && { assistantId }) }, 'replaceState');
}

// Each letter of a search as a step would make Back useless.
function setView(change: Partial<View>): void {
  const { view, ...rest } = current();
  go({ ...rest, view: { ...view, ...change } }, 'replaceState');
}

function selectLabel(selector: string): void {
  setView({ labels: withSelector(current().view.labels, selector) });
}

// The machine whose details show is in no other owner's list.
function setOwner(owner: string): void {
  go({ owner, selectedId: null, view: current().view }, 'pushState');
}

function go(address: PageAddress, way: 'pushState' | 'replaceState'): void {
  const fragment = fragmentOf(address);
  if (fragment !== window.location.hash) {
    window.history[way](way === 'pushState' ? null : window.history.state, '', fragment || window.location.pathname);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }
}
