import { GroupChoice } from '../labels/GroupChoice';
import { LabelFilter } from '../labels/LabelFilter';
import type { SortKey, Totals, View } from '../view/view';
import styles from './MachineToolbar.module.css';
import { StatusFilter } from './StatusFilter';

interface Props {
  totals: Totals;
  view: View;
  /** How many machines the list shows. */
  shown: number;
  /** The keys of all labels that there are. */
  keys: readonly string[];
  onChange: (change: Partial<View>) => void;
}

const SORTS: Record<SortKey, string> = {
  attention: 'Needs attention first',
  name: 'By name',
  since: 'Changed last first',
  lastSeen: 'Last seen first',
  assistants: 'Most assistants',
};

export function MachineToolbar({ totals, view, shown, keys, onChange }: Props) {
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
      <GroupChoice keys={keys} group={view.group} onChange={(group) => onChange({ group })} />
      <StatusFilter totals={totals} status={view.status} onChange={(status) => onChange({ status })} />
      <LabelFilter labels={view.labels} shown={shown} all={totals.all} onChange={(labels) => onChange({ labels })} />
    </div>
  );
}
