import type { StatusChoice, Totals } from '../view/view';
import styles from './StatusFilter.module.css';

interface Props {
  totals: Totals;
  status: StatusChoice;
  onChange: (status: StatusChoice) => void;
}

const CHOICES: Record<StatusChoice, string> = { all: 'All', attention: 'Needs attention', online: 'Online', offline: 'Offline', flapping: 'Flapping' };

/** What hardly ever happens is offered where it does, or is chosen. */
export function StatusFilter({ totals, status, onChange }: Props) {
  return (
    <fieldset className={styles.filter}>
      <legend className="visually-hidden">Status</legend>
      {(Object.keys(CHOICES) as StatusChoice[]).filter((choice) => choice !== 'flapping' || totals.flapping > 0 || status === choice).map((choice) => (
        <label key={choice}>
          <input type="radio" name="status" checked={choice === status} onChange={() => onChange(choice)} />
          {CHOICES[choice]} <span className={styles.count}>{totals[choice].toLocaleString()}</span>
        </label>
      ))}
    </fieldset>
  );
}
