import { RelativeTime } from '../ui/RelativeTime';
import type { Machine } from './types';
import { useAsOf } from './useAsOf';

interface Props {
  machine: Machine;
}

/** When a machine was last heard of. Heartbeats alone are not told: who is online is being heard right now. */
export function LastSeen({ machine }: Props) {
  const asOf = useAsOf();
  if (machine.status === 'online') {
    return asOf === undefined ? 'now' : asOf === '' ? 'not known' : `as of ${asOf}`;
  }
  return machine.offlineReason === 'never_connected' ? <span aria-label="never">–</span> : <RelativeTime time={machine.lastSeen} />;
}
