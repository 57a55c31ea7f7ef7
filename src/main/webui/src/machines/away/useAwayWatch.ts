import { useEffect, useRef, useSyncExternalStore } from 'react';

import { useSession } from '../../session/useSession';
import { serviceNow } from '../../ui/clock';
import { machineList, staleness } from '../machineStore';
import type { Machine } from '../types';
import { useStaleness } from '../useMachines';
import type { Absence } from './absence';
import { AwayWatch, SHORTEST } from './AwayWatch';

const TICK = 10_000;

const watch = new AwayWatch();

export const dismissAbsence = () => watch.dismiss();

/** What changed while this person did not look, here or in another tab, until they dismiss it. */
export function useAbsence(machines: readonly Machine[] | undefined): Absence | undefined {
  const session = useSession();
  const userId = session.phase === 'active' ? session.session.userId : undefined;
  const live = useStaleness() === undefined;
  const tickedAt = useRef(0);

  useEffect(() => (userId === undefined ? undefined : follow(userId, tickedAt)), [userId]);

  useEffect(() => {
    if (!live) {
      watch.lose(serviceNow());
    } else if (machines) {
      watch.see(machines, serviceNow());
    }
  }, [machines, live]);

  return useSyncExternalStore(watch.absence.subscribe, watch.absence.get);
}

function follow(userId: string, tickedAt: { current: number }): () => void {
  const look = () => {
    tickedAt.current = Date.now();
    watch.come(userId);
    const machines = machineList.get();
    if (machines && !staleness.get()) {
      watch.see(machines, serviceNow());
    }
  };
  const leave = () => watch.leave(staleness.get()?.since ?? serviceNow());
  const turn = () => (document.hidden ? leave() : look());
  const timer = setInterval(() => {
    // A page that nobody hid stood still: the computer slept.
    if (Date.now() - tickedAt.current > SHORTEST && !document.hidden) {
      look();
    } else if (!staleness.get()) {
      watch.stay(serviceNow());
    }
    tickedAt.current = Date.now();
  }, TICK);
  turn();
  document.addEventListener('visibilitychange', turn);
  window.addEventListener('pagehide', leave);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', turn);
    window.removeEventListener('pagehide', leave);
    leave();
  };
}
