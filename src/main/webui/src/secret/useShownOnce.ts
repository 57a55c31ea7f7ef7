import { useState } from 'react';

import { useLeaveGuard } from '../ui/useLeaveGuard';

/** What is done where a secret shows. */
export interface Shown {
  /** It was copied, or revoked: nothing is lost any more. */
  onSafe: () => void;
  /** Whether somebody wants to go, and it would be lost. */
  asked: boolean;
  onStay: () => void;
  onDone: () => void;
  onLeave: () => void;
}

/**
 * A secret that is made in a dialog, and shown this once: it lives in the dialog alone, which asks before it is lost, and stays open while
 * the service makes it.
 */
export function useShownOnce<T>(onClose: () => void) {
  const [made, setMade] = useState<T>();
  const [isSafe, setIsSafe] = useState(false);
  const [asked, setAsked] = useState(false);
  const [making, setMaking] = useState(false);
  const wouldBeLost = made !== undefined && !isSafe;
  // What is on its way would be good, and nobody would know its id.
  const close = making ? () => undefined : !wouldBeLost || asked ? onClose : () => setAsked(true);
  useLeaveGuard(making || wouldBeLost, () => setAsked(made !== undefined));

  const shown: Shown = { onSafe: () => setIsSafe(true), asked: asked && !isSafe, onStay: () => setAsked(false), onDone: close, onLeave: onClose };
  return { made, onMade: setMade, onMaking: setMaking, close, shown };
}
