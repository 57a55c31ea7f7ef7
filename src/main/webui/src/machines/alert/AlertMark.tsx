import { useKnownServiceInfo } from '../../version/useServiceInfo';
import { timeText } from '../time/timeText';
import type { Machine } from '../types';
import styles from './AlertMark.module.css';

interface Props {
  machine: Machine;
}

/** Marks a machine in the list of which somebody is told when it goes down. */
export function AlertMark({ machine: { alertAfterSeconds } }: Props) {
  return alertAfterSeconds === undefined ? null : <Mark after={alertAfterSeconds} />;
}

/** Nothing where the service tells nobody: a browser that shows it waits for no time, and is open or not. */
function Mark({ after }: { after: number }) {
  const isSent = useKnownServiceInfo()?.alerts?.configured === true;
  if (!isSent) {
    return null;
  }
  const text = `told after ${timeText(after)}`;
  return (
    <span className={styles.mark} title={text}>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
