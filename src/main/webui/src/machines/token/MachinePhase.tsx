import type { ReactNode } from 'react';

import { notLiveText } from '../staleness/notLiveText';
import { useAsOf } from '../staleness/useAsOf';
import { useStaleness } from '../store/useMachines';
import styles from './MachinePhase.module.css';

interface Props {
  name: 'waiting' | 'online' | 'offline' | 'unknown';
  children: ReactNode;
}

/** How far a machine has come that is to use a new token. */
export function MachinePhase({ name, children }: Props) {
  return (
    <p className={styles.wait} data-phase={name} role="status">
      <span className={styles.light} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

/** What stands there while the list may not be true. */
export function CannotKnow({ children }: Pick<Props, 'children'>) {
  const asOf = useAsOf() ?? '';
  const databaseAway = useStaleness()?.cause === 'databaseAway';
  return (
    <MachinePhase name="unknown">
      <strong>{databaseAway ? 'The service cannot reach its database.' : `${notLiveText(asOf)}.`}</strong> {children}
    </MachinePhase>
  );
}
