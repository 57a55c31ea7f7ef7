import styles from './LabelChips.module.css';

interface Props {
  /** As the service's `label` says them. */
  labels: readonly string[];
  /** How many machines the list shows. */
  shown: number;
  all: number;
  onChange: (labels: readonly string[]) => void;
}

/** By which labels the list is filtered; each can be taken away. */
export function LabelFilter({ labels, shown, all, onChange }: Props) {
  if (labels.length === 0) {
    return null;
  }
  return (
    <div className={styles.filter} role="group" aria-label="Filtered by labels">
      <ul className={styles.chips}>
        {labels.map((label) => (
          <li key={label}>
            <button
              type="button"
              className={styles.chip}
              aria-label={`${label}: take this filter away`}
              onClick={() => onChange(labels.filter((other) => other !== label))}
            >
              <bdi>{label}</bdi> <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <p role="status">
        {shown.toLocaleString()} of {all.toLocaleString()} shown
      </p>
    </div>
  );
}
