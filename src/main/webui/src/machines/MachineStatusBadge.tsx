import { useTicking } from '../ui/clock';
import styles from './MachineStatusBadge.module.css';
import { reasonText } from './statusText';
import type { Machine } from './types';
import { useStaleness } from './useMachines';

interface Props {
  machine: Machine;
}

const WORDS = { online: 'Online', offline: 'Offline' } as const;
const PAST = { online: 'Was online', offline: 'Was offline' } as const;

/** Online or offline, in words and colour; when offline, with the reason. What cannot be known at the moment is past and grey. */
export function MachineStatusBadge({ machine }: Props) {
  const stale = useStaleness();
  const reason = useTicking((now) => reasonText(machine, stale?.since ?? now));
  return (
    <span className={styles.status}>
      <span className={styles.badge} data-status={stale ? 'unknown' : machine.status}>
        {(stale ? PAST : WORDS)[machine.status]}
      </span>
      {reason && <span className={styles.reason}>{reason}</span>}
    </span>
  );
}
