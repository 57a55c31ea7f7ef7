import { useEffect, useMemo, useRef } from 'react';

import { serviceNow } from '../../ui/clock';
import { HOUR } from '../history/flaps';
import { findFlapping } from '../machineApi';
import { useRevivals } from '../store/useMachines';
import type { Machine } from '../types';
import { usePageAddress } from '../view/usePageAddress';
import { setFlapping } from './flapping';

const PAUSE = 10_000;
const UNTIL_AGAIN = 300_000;

/**
 * Keeps the marks of machines that flap. An entry of the list does not say it, which would cost each change of each machine for the sake of
 * a few; so the service is asked (`flapping=true`) when a status changed, in a page that somebody sees, and at most every ten seconds. While
 * none changed within the hour, none can flap and nothing is asked. A mark ends without a change, so while there are any, they are asked for
 * again after five minutes.
 */
export function useFlappingWatch(machines: readonly Machine[] | undefined): void {
  const latest = useMemo(() => latestChange(machines ?? []), [machines]);
  const askedAt = useRef(-Infinity);
  const revivals = useRevivals();
  const { owner } = usePageAddress();

  // An answer that comes after another change is still the latest there is: in a busy fleet each would be too late.
  const wanted = useRef<string>(undefined);
  const forget = () => {
    wanted.current = undefined;
    setFlapping();
  };

  useEffect(() => forget, [owner]);

  useEffect(() => {
    if (!(latest > serviceNow() - HOUR)) {
      forget();
      return undefined;
    }
    wanted.current = owner;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      askedAt.current = performance.now();
      // Where it cannot be asked, the last answer is the best there is.
      const found = await findFlapping(owner).catch(() => undefined);
      if (found && found.state !== 'failed' && wanted.current === owner) {
        setFlapping(found.machineIds);
      }
      if (!over && found?.machineIds.size !== 0) {
        schedule(UNTIL_AGAIN);
      }
    };
    const schedule = (wait: number) => {
      clearTimeout(timer);
      if (!document.hidden) {
        timer = setTimeout(() => void ask(), Math.max(0, askedAt.current + wait - performance.now()));
      }
    };
    const look = () => schedule(PAUSE);
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [latest, owner, revivals]);
}

/** When a status last changed; the registration of a machine is no change. */
function latestChange(machines: readonly Machine[]): number {
  return machines.reduce((latest, { statusSince, offlineReason }) => (offlineReason !== 'never_connected' && statusSince > latest ? statusSince : latest), 0);
}
