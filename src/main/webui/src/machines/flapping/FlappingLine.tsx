import { sharedText } from '../token/sharedText';
import type { Machine } from '../types';
import { useIsFlapping } from './flapping';
import styles from './FlappingLine.module.css';

interface Props {
  machine: Machine;
}

/** Marks a machine in the list that changed five times within an hour. Where two use one token, that is why, and is said in this line's place. */
export function FlappingLine({ machine }: Props) {
  const flaps = useIsFlapping(machine.machineId) && sharedText(machine) === undefined;
  return flaps && <span className={styles.line}>flapping</span>;
}
