import { useEffect, useRef, useSyncExternalStore } from 'react';

import { useSession } from '../../session/useSession';
import { ME } from '../../teams/owners';
import { serviceNow } from '../../ui/clock';
import { machineList, staleness } from '../store/machineStore';
import { useStaleness } from '../store/useMachines';
import type { Machine } from '../types';
import { usePageAddress } from '../view/usePageAddress';
import type { Absence } from './absence';
import { AwayWatch, SHORTEST } from './AwayWatch';

const TICK = 10_000;

const watch = new AwayWatch();

export const dismissAbsence = () => watch.dismiss();

/** What changed while this person did not look, here or in another tab, until they dismiss it. */
export function useAbsence(machines: readonly Machine[] | undefined): Absence | undefined {
  const session = useSession();
  const { owner } = usePageAddress();
  // What was seen of one list says nothing of another.
  const userId = session.phase === 'active' ? session.session.userId : undefined;
  const list = userId === undefined || owner === ME ? userId : `${userId} ${owner}`;
  const live = useStaleness() === undefined;
  const tickedAt = useRef(0);

  useEffect(() => (list === undefined ? undefined : follow(list, tickedAt)), [list]);

  useEffect(() => {
    if (!live) {
      watch.lose(serviceNow());
    } else if (machines) {
      watch.see(machines, serviceNow());
    }
  }, [machines, live]);

  return useSyncExternalStore(watch.absence.subscribe, watch.absence.get);
}

function follow(list: string, tickedAt: { current: number }): () => void {
  const look = () => {
    tickedAt.current = Date.now();
    // What is here of another list is that one's still.
    const isOther = watch.come(list);
    const machines = machineList.get();
    if (!isOther && machines && !staleness.get()) {
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
