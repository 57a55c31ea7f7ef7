import { useSyncExternalStore } from 'react';

import { useServiceInfo } from '../../version/useServiceInfo';
import type { Machine } from '../types';
import styles from './AlertMark.module.css';
import { timeText } from './alertTimes';
import { browserPermission } from './browserPermission';

interface Props {
  machine: Machine;
}

/** Marks a machine in the list of which somebody is told when it goes down. */
export function AlertMark({ machine: { alertAfterSeconds } }: Props) {
  return alertAfterSeconds === undefined ? null : <Mark after={alertAfterSeconds} />;
}

/** Nothing where it was asked for and is told to nobody: neither the service nor this browser has anywhere to tell it. */
function Mark({ after }: { after: number }) {
  const isSent = useServiceInfo()?.alerts?.configured === true;
  const isShown = useSyncExternalStore(browserPermission.subscribe, browserPermission.get) === 'granted';
  if (!isSent && !isShown) {
    return null;
  }
  const text = `told after ${timeText(after)}`;
  return (
    <span className={styles.mark} title={text}>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
