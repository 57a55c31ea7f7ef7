import styles from './MachineToolbar.module.css';
import { StatusFilter } from './StatusFilter';
import type { SortKey, Totals, View } from './view';

interface Props {
  totals: Totals;
  view: View;
  onChange: (change: Partial<View>) => void;
}

const SORTS: Record<SortKey, string> = {
  attention: 'Needs attention first',
  name: 'By name',
  since: 'Changed last first',
  lastSeen: 'Last seen first',
  assistants: 'Most assistants',
};

export function MachineToolbar({ totals, view, onChange }: Props) {
  return (
    <div role="search" className={styles.toolbar}>
      <input
        type="search"
        aria-label="Search machines"
        placeholder="Search name, host or ID"
        value={view.search}
        onChange={(event) => onChange({ search: event.target.value })}
      />
      <select
        aria-label="Sort by"
        value={view.sort}
        onChange={(event) => onChange({ sort: event.target.value as SortKey })}
      >
        {Object.entries(SORTS).map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
      <StatusFilter totals={totals} status={view.status} onChange={(status) => onChange({ status })} />
    </div>
  );
}
