import { useIsTwin } from '../store/useMachines';
import type { Machine } from '../types';
import styles from './MachineLabel.module.css';

interface Props {
  machine: Machine;
}

/** A machine's name, which turns nothing around it; with the id where it alone tells the machine from another. */
export function MachineLabel({ machine: { machineId, name } }: Props) {
  const twin = useIsTwin(machineId);
  return (
    <>
      <bdi>{name}</bdi>
      {twin && ' '}
      {twin && <span className={styles.id}>{machineId}</span>}
    </>
  );
}
