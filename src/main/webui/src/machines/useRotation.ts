import { useEffect, useState } from 'react';

import type { Machine, MachineRegistration } from './types';
import { useMachineDetails } from './useMachineDetails';

/** A token that was made in place of another. */
export interface Rotation {
  registration: MachineRegistration;
  /** Whether the old token ended at once. */
  revokedOld: boolean;
  /** When, by the service's clock. */
  at: number;
}

// A replica may let the old token in for a second after it ended.
const OLD_TOKEN_LINGERS = 2_000;
const PAUSE = 3_000;

/**
 * Whether the machine has taken its new token. The service does not say which token a machine presents. Where the old one has ended,
 * a machine that was heard since can only have used the new one; else all that can be seen is that it connected again.
 */
export function useRotation(machine: Machine, { revokedOld, at }: Rotation): 'taken' | 'waiting' | 'reconnected' | 'either' {
  const [wasOffline, setWasOffline] = useState(false);
  if (machine.status === 'offline' && !wasOffline) {
    setWasOffline(true);
  }
  const { details, error, tryAgain } = useMachineDetails(machine);
  const [taken, setTaken] = useState(false);
  if (!taken && revokedOld && details?.status === 'online' && details.lastSeen > at + OLD_TOKEN_LINGERS) {
    setTaken(true);
  }

  // A heartbeat alone is no event. Each answer is awaited, however long it takes.
  const answered = details !== undefined || error !== undefined;
  const asks = revokedOld && !taken && answered;
  useEffect(() => {
    if (!asks) {
      return undefined;
    }
    const timer = setTimeout(tryAgain, PAUSE);
    return () => clearTimeout(timer);
  }, [asks, details, error, tryAgain]);

  if (revokedOld) {
    return taken ? 'taken' : 'waiting';
  }
  if (machine.status === 'offline') {
    return 'waiting';
  }
  return wasOffline ? 'reconnected' : 'either';
}
