import { useSyncExternalStore } from 'react';

import { followMoves } from '../../ui/historyMoves';
import { Observable } from '../../ui/observable';

/** What a machine printed that has neither token nor key: the id that it made, and the SHA-256 of the secret that it keeps to itself. */
export interface Claim {
  machineId: string;
  secretHash: string;
}

/** `broken` is a claim of which something is missing, as where a terminal or a mail cut it off. */
export type ClaimLink = Claim | 'broken';

const MARK = '#claim=';
const FORM = /^([A-Za-z0-9_-]{10,64})\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;

/** Null where the fragment is of something else. */
export function parseClaim(hash: string): ClaimLink | null {
  if (!hash.startsWith(MARK)) {
    return null;
  }
  const [, machineId, secretHash] = FORM.exec(hash.slice(MARK.length)) ?? [];
  return machineId && secretHash ? { machineId, secretHash } : 'broken';
}

// It stays in the address until somebody has decided: so it is still there after a sign-in or a reload.
const opened = new Observable<ClaimLink | null>(parseClaim(window.location.hash));

followMoves(() => {
  const link = parseClaim(window.location.hash);
  if (link !== null) {
    opened.set(link);
  }
});

/** The claim that this page was opened with, until it is closed. */
export function useClaimLink(): ClaimLink | null {
  return useSyncExternalStore(opened.subscribe, opened.get);
}

/** What is done is not to be asked again by a reload, by Back or by a bookmark. */
export function takeOffAddress(): void {
  const { hash, pathname, search } = window.location;
  if (hash.startsWith(MARK)) {
    window.history.replaceState(window.history.state, '', pathname + search);
  }
}

export function closeClaim(): void {
  takeOffAddress();
  opened.set(null);
}
