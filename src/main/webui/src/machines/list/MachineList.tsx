import type { KeyboardEvent } from 'react';

import { useMediaQuery } from '../../ui/useMediaQuery';
import { isHeading, type ListItem } from '../labels/grouping';
import type { Choice } from '../selection/useChoice';
import { AllBox } from './ChoiceBox';
import { GroupRow } from './GroupRow';
import styles from './MachineList.module.css';
import { MachineRow } from './MachineRow';
import { useVisibleRows } from './useVisibleRows';

interface Props {
  items: readonly ListItem[];
  /** How many machines these are. */
  count: number;
  selectedId: string | null;
  onSelect: (machineId: string) => void;
  /** Undefined where none may be chosen. */
  choice: Choice | undefined;
  /** Undefined where no machine has labels. */
  onLabel: ((selector: string) => void) | undefined;
}

const ROOM_FOR_ONE_LABEL = '(width <= 60rem)';

const STEPS: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

export function MachineList({ items, count, selectedId, onSelect, choice, onLabel }: Props) {
  const { list, rows, height, focusRow } = useVisibleRows(items);
  const mostLabels = useMediaQuery(ROOM_FOR_ONE_LABEL) ? 1 : 2;

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-index]');
    const step = STEPS[event.key];
    if (row && step !== undefined) {
      event.preventDefault();
      focusRow(machineFrom(items, Number(row.dataset.index), step), target.matches('input') ? 'input' : 'button');
    }
  };
  return (
    <table
      className={styles.table}
      data-choosable={choice !== undefined}
      data-labelled={onLabel !== undefined}
      aria-label="Machines"
      aria-rowcount={items.length + 1}
    >
      <thead>
        <tr className={styles.head} aria-rowindex={1}>
          {choice && (
            <td className={styles.check}>
              <AllBox choice={choice} count={count} />
            </td>
          )}
          <th scope="col">Machine</th>
          {onLabel && (
            <th scope="col" className={styles.labels}>
              Labels
            </th>
          )}
          <th scope="col">Status</th>
          <th scope="col">How long</th>
          <th scope="col" className={styles.assistants}>
            Assistants
          </th>
        </tr>
      </thead>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys, beside Tab, between its buttons */}
      <tbody ref={list} className={styles.body} style={{ height }} onKeyDown={move}>
        {rows.map(({ index, offset }) => {
          const item = items[index];
          if (item === undefined) {
            return null;
          }
          return isHeading(item) ? (
            <GroupRow key={`group:${item.value === null ? ':' : `=${item.value}`}`} heading={item} index={index} offset={offset} />
          ) : (
            <MachineRow
              key={item.machineId}
              machine={item}
              index={index}
              offset={offset}
              selected={item.machineId === selectedId}
              chosen={choice?.isChosen(item.machineId) ?? false}
              choose={choice?.choose}
              onLabel={onLabel}
              mostLabels={mostLabels}
              onSelect={onSelect}
            />
          );
        })}
      </tbody>
    </table>
  );
}

/** The index of the machine to which a step leads; a heading is stepped over, and what is beyond the end leads nowhere. */
function machineFrom(items: readonly ListItem[], index: number, step: number): number {
  const way = Math.sign(step);
  let next = Math.min(items.length - 1, Math.max(0, index + step));
  // The first row of groups is a heading, to which Home leads.
  const onwards = step === -Infinity ? 1 : way;
  for (let item = items[next]; item && isHeading(item); item = items[next]) {
    next += onwards;
  }
  return items[next] ? next : index;
}
