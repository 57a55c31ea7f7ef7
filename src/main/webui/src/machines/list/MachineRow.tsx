import { memo } from 'react';

import { countText } from '../../ui/countText';
import { NewerAgentLine } from '../agent/NewerAgentLine';
import { AlertMark } from '../alert/AlertMark';
import { FlappingLine } from '../flapping/FlappingLine';
import { LabelChips } from '../labels/LabelChips';
import { labelsOf } from '../labels/labelRules';
import { MachineLabel } from '../name/MachineLabel';
import { OwnerLine } from '../owner/OwnerName';
import { RemovalLine } from '../removal/RemovalLine';
import type { Choice } from '../selection/useChoice';
import { MachineStatusBadge } from '../status/MachineStatusBadge';
import { StatusSince } from '../status/StatusSince';
import { useStaleness } from '../store/useMachines';
import { SharedTokenLine } from '../token/SharedToken';
import type { Machine } from '../types';
import { assistantsOf } from '../view/view';
import { ChoiceBox } from './ChoiceBox';
import styles from './MachineList.module.css';

interface Props {
  machine: Machine;
  index: number;
  /** Pixels from the top of the list. */
  offset: number;
  selected: boolean;
  chosen: boolean;
  /** Undefined where none may be chosen. */
  choose: Choice['choose'] | undefined;
  /** Undefined where no machine has labels. */
  onLabel: ((selector: string) => void) | undefined;
  /** How many labels there is room for. */
  mostLabels: number;
  onSelect: (machineId: string) => void;
}

/** Drawn again only when its own machine changes, or when the list stops or starts being true. */
export const MachineRow = memo(function MachineRow({ machine, index, offset, selected, chosen, choose, onLabel, mostLabels, onSelect }: Props) {
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
      {choose && (
        <td className={styles.check}>
          <ChoiceBox machine={machine} chosen={chosen} choose={choose} />
        </td>
      )}
      <th scope="row" className={styles.name}>
        <button type="button" aria-current={selected} onClick={() => onSelect(machineId)}>
          <MachineLabel machine={machine} />
        </button>
        <NewerAgentLine machine={machine} />
        <OwnerLine owner={machine.owner} />
        <SharedTokenLine machine={machine} />
        <FlappingLine machine={machine} />
        <RemovalLine machine={machine} />
      </th>
      {onLabel && (
        <td className={styles.labels}>
          <LabelChips labels={labelsOf(machine)} most={mostLabels} onLabel={onLabel} />
        </td>
      )}
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
