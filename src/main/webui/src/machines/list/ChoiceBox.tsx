import { memo, useEffect, useRef, type ChangeEvent } from 'react';

import type { Choice } from '../selection/useChoice';
import { useLabelText } from '../store/useMachines';
import type { Machine } from '../types';
import styles from './MachineList.module.css';

interface Props {
  machine: Machine;
  chosen: boolean;
  choose: Choice['choose'];
}

/** Chooses a machine; with Shift all from the one that was chosen before. */
export const ChoiceBox = memo(function ChoiceBox({ machine, chosen, choose }: Props) {
  const { machineId } = machine;
  const label = useLabelText(machine);
  // A browser sends a click, also for the space bar.
  const change = ({ nativeEvent }: ChangeEvent) => choose({ type: 'one', machineId, range: (nativeEvent as MouseEvent).shiftKey });
  return (
    <label className={styles.box}>
      <input type="checkbox" aria-label={`Choose ${label}`} checked={chosen} onChange={change} />
    </label>
  );
});

interface AllProps {
  choice: Choice;
  /** How many machines the list shows. */
  count: number;
}

/** In the list's head. */
export function AllBox({ choice, count }: AllProps) {
  const box = useRef<HTMLInputElement>(null);
  const { length } = choice.chosen;
  const isAll = length === count;
  useEffect(() => {
    if (box.current) {
      box.current.indeterminate = length > 0 && !isAll;
    }
  }, [length, isAll]);
  return (
    <label className={styles.box}>
      <input
        ref={box}
        type="checkbox"
        aria-label={`Choose all ${count.toLocaleString()} that match`}
        checked={isAll}
        onChange={() => choice.choose({ type: isAll ? 'none' : 'all' })}
      />
    </label>
  );
}
