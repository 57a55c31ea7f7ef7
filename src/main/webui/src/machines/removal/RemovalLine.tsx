import { useTicking } from '../../ui/clock';
import type { Machine } from '../types';
import styles from './RemovalLine.module.css';
import { removalText } from './removalText';

interface Props {
  machine: Machine;
}

/** Says when a machine that is offline will be removed. */
export function RemovalLine({ machine }: Props) {
  const text = useTicking((now) => removalText(machine.removedAt, now));
  return text && <span className={styles.line}>{text}</span>;
}
