import { memo } from 'react';

import styles from './MachineSelector.module.css';
import type { Machine } from './types';
import { useTwins } from './useMachines';

interface Props {
  machines: readonly Machine[];
  selectedId: string | null;
  onSelect: (machineId: string | null) => void;
}

/** Picks the machine whose details show. Names change far less often than anything else: only then it is drawn again. */
export const MachineSelector = memo(function MachineSelector({ machines, selectedId, onSelect }: Props) {
  const twins = useTwins();
  const known = machines.some(({ machineId }) => machineId === selectedId);
  return (
    <select
      className={styles.selector}
      aria-label="Show machine"
      value={known && selectedId !== null ? selectedId : ''}
      onChange={(event) => onSelect(event.target.value || null)}
    >
      <option value="">All machines</option>
      {machines.map(({ machineId, name }) => (
        <option key={machineId} value={machineId} dir="auto">
          {twins.has(machineId) ? `${name} (${machineId})` : name}
        </option>
      ))}
    </select>
  );
}, areSame);

function areSame(before: Props, after: Props): boolean {
  return (
    before.selectedId === after.selectedId &&
    before.machines.length === after.machines.length &&
    before.machines.every(({ machineId, name }, index) => {
      const now = after.machines[index];
      return now?.machineId === machineId && now.name === name;
    })
  );
}
