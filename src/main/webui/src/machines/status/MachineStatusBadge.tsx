import { useStaleness } from '../store/useMachines';
import type { Machine } from '../types';
import { needsAttention } from './attention';
import styles from './MachineStatusBadge.module.css';
import { reasonWord } from './statusText';

interface Props {
  machine: Machine;
}

const WORDS = { online: 'Online', offline: 'Offline' } as const;
const PAST = { online: 'Was online', offline: 'Was offline' } as const;

/**
 * Online or offline, in words and colour; when offline, with the reason. What broke is amber, what was switched off is grey; what
 * cannot be known at the moment is past, and dashed.
 */
export function MachineStatusBadge({ machine }: Props) {
  const stale = useStaleness() !== undefined;
  const reason = reasonWord(machine);
  return (
    <span className={styles.status}>
      <span className={styles.badge} data-status={stale ? 'unknown' : needsAttention(machine) ? 'broken' : machine.status}>
        {(stale ? PAST : WORDS)[machine.status]}
      </span>
      {reason && <span className={styles.reason}>{reason}</span>}
    </span>
  );
}
