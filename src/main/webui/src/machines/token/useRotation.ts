import { useEffect, useState } from 'react';

import { waitAfter } from '../../http/retryWait';
import { getMachine } from '../machineApi';
import type { Machine, MachineRegistration } from '../types';

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
  const [taken, setTaken] = useState(false);
  const { machineId } = machine;
  const asks = revokedOld && !taken;

  // A heartbeat alone is no event. Each answer is awaited, however long it takes.
  useEffect(() => {
    if (!asks) {
      return undefined;
    }
    const asked = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let failures = 0;
    const ask = async () => {
      let wait = PAUSE;
      try {
        const { status, lastSeen } = await getMachine(machineId, asked.signal);
        failures = 0;
        if (status === 'online' && lastSeen > at + OLD_TOKEN_LINGERS) {
          setTaken(true);
        }
      } catch (error) {
        wait = Math.max(PAUSE, waitAfter(error, failures++));
      }
      if (!asked.signal.aborted) {
        timer = setTimeout(() => void ask(), wait);
      }
    };
    void ask();
    return () => {
      asked.abort();
      clearTimeout(timer);
    };
  }, [asks, machineId, at]);

  if (revokedOld) {
    return taken ? 'taken' : 'waiting';
  }
  if (machine.status === 'offline') {
    return 'waiting';
  }
  return wasOffline ? 'reconnected' : 'either';
}
