import type { KeyboardEvent } from 'react';

import styles from './MachineList.module.css';
import { MachineRow } from './MachineRow';
import type { Machine } from './types';
import { useVisibleRows } from './useVisibleRows';

interface Props {
  machines: readonly Machine[];
  selectedId: string | null;
  onSelect: (machineId: string) => void;
}

const STEPS: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

export function MachineList({ machines, selectedId, onSelect }: Props) {
  const { list, rows, height, focusRow } = useVisibleRows(machines);

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    const step = STEPS[event.key];
    if (row && step !== undefined) {
      event.preventDefault();
      focusRow(Math.min(machines.length - 1, Math.max(0, Number(row.dataset.index) + step)));
    }
  };
  return (
    <table className={styles.table} aria-label="Machines" aria-rowcount={machines.length + 1}>
      <thead>
        <tr className={styles.head} aria-rowindex={1}>
          <th scope="col">Machine</th>
          <th scope="col">Status</th>
          <th scope="col">Since</th>
          <th scope="col" className={styles.assistants}>
            Assistants
          </th>
        </tr>
      </thead>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys, beside Tab, between its buttons */}
      <tbody ref={list} className={styles.body} style={{ height }} onKeyDown={move}>
        {rows.map(({ index, offset }) => {
          const machine = machines[index];
          return (
            machine && (
              <MachineRow
                key={machine.machineId}
                machine={machine}
                index={index}
                offset={offset}
                selected={machine.machineId === selectedId}
                onSelect={onSelect}
              />
            )
          );
        })}
      </tbody>
    </table>
  );
}
