import { useTicking } from '../ui/clock';
import styles from './MachineStatusBadge.module.css';
import { reasonText } from './statusText';
import type { Machine } from './types';

interface Props {
  machine: Machine;
}

/** Online or offline, in words and colour; when offline, with the reason. */
export function MachineStatusBadge({ machine }: Props) {
  const reason = useTicking((now) => reasonText(machine, now));
  return (
    <span className={styles.status}>
      <span className={styles.badge} data-status={machine.status}>
        {machine.status === 'online' ? 'Online' : 'Offline'}
      </span>
      {reason && <span className={styles.reason}>{reason}</span>}
    </span>
  );
}
