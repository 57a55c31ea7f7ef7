import { RelativeTime } from '../ui/RelativeTime';
import type { Machine } from './types';
import { useAsOf } from './useAsOf';

interface Props {
  machine: Machine;
}

/** Since when a machine is what its badge says. Of one that was online when the list was last true, it is not known whether it still is. */
export function StatusSince({ machine }: Props) {
  const asOf = useAsOf();
  if (asOf !== undefined && machine.status === 'online') {
    return asOf === '' ? 'not known' : `as of ${asOf}`;
  }
  return machine.offlineReason === 'never_connected' ? <span aria-label="never connected">–</span> : <RelativeTime time={machine.statusSince} />;
}
