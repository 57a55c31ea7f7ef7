import { RelativeTime } from '../ui/RelativeTime';
import type { Machine } from './types';

interface Props {
  machine: Machine;
}

/** When a machine was last heard of. Heartbeats alone are not told: who is online is being heard right now. */
export function LastSeen({ machine }: Props) {
  if (machine.status === 'online') {
    return 'now';
  }
  return machine.offlineReason === 'never_connected' ? <span aria-label="never">–</span> : <RelativeTime time={machine.lastSeen} />;
}
