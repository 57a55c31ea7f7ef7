import { memo } from 'react';

import { OwnerLine } from '../teams/OwnerName';
import { NewerAgentLine } from './agent/NewerAgentLine';
import { AlertMark } from './alert/AlertMark';
import { FlappingLine } from './flapping/FlappingLine';
import { MachineLabel } from './MachineLabel';
import styles from './MachineList.module.css';
import { MachineStatusBadge } from './MachineStatusBadge';
import { SharedTokenLine } from './SharedToken';
import { StatusSince } from './StatusSince';
import { countText } from './statusText';
import type { Machine } from './types';
import { useStaleness } from './useMachines';
import { assistantsOf } from './view';

interface Props {
  machine: Machine;
  index: number;
  /** Pixels from the top of the list. */
  offset: number;
  selected: boolean;
  onSelect: (machineId: string) => void;
}

/** Drawn again only when its own machine changes, or when the list stops or starts being true. */
export const MachineRow = memo(function MachineRow({ machine, index, offset, selected, onSelect }: Props) {
  const { machineId } = machine;
  const assistants = assistantsOf(machine);
  const stale = useStaleness() !== undefined;
  return (
    // The header is row 1.
    <tr
      className={styles.row}
      aria-rowindex={index + 2}
      data-index={index}
      data-machine-id={machineId}
      data-selected={selected}
      data-stale={stale}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <th scope="row" className={styles.name}>
        <button type="button" aria-current={selected} onClick={() => onSelect(machineId)}>
          <MachineLabel machine={machine} />
        </button>
        <NewerAgentLine machine={machine} />
        <OwnerLine owner={machine.owner} />
        <SharedTokenLine machine={machine} />
        <FlappingLine machine={machine} />
      </th>
      <td className={styles.status}>
        <MachineStatusBadge machine={machine} />
      </td>
      <td className={styles.since}>
        <StatusSince machine={machine} />
        <AlertMark machine={machine} />
      </td>
      <td className={styles.assistants} aria-label={countText(assistants, 'assistant')}>
        {assistants === 0 ? <span className={styles.none}>–</span> : assistants.toLocaleString()}
      </td>
    </tr>
  );
});
