import styles from './StatusFilter.module.css';
import type { Totals, View } from './view';

interface Props {
  totals: Totals;
  status: View['status'];
  onChange: (status: View['status']) => void;
}

const CHOICES = { all: 'All', online: 'Online', offline: 'Offline' } as const;

export function StatusFilter({ totals, status, onChange }: Props) {
  return (
    <fieldset className={styles.filter}>
      <legend className="visually-hidden">Status</legend>
      {(Object.keys(CHOICES) as View['status'][]).map((choice) => (
        <label key={choice}>
          <input type="radio" name="status" checked={choice === status} onChange={() => onChange(choice)} />
          {CHOICES[choice]} <span className={styles.count}>{totals[choice].toLocaleString()}</span>
        </label>
      ))}
    </fieldset>
  );
}
