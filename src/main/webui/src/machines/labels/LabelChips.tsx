import styles from './LabelChips.module.css';
import { labelText, type Labels } from './labelRules';
import { selectorText } from './labelSelector';

interface Props {
  labels: Labels;
  /** How many there is room for; all, where it is absent. */
  most?: number;
  /** Shows only machines that this selects. */
  onLabel: (selector: string) => void;
}

/** A machine's labels, as in "env=prod"; each leads to the machines that have it. */
export function LabelChips({ labels, most = Infinity, onLabel }: Props) {
  const all = Object.entries(labels);
  const more = all.slice(most).map(([key, value]) => labelText(key, value));
  return (
    <ul className={styles.chips}>
      {all.slice(0, most).map(([key, value]) => (
        <li key={key}>
          <button type="button" dir="auto" className={styles.chip} title={labelText(key, value)} onClick={() => onLabel(selectorText(key, value))}>
            {labelText(key, value)}
          </button>
        </li>
      ))}
      {more.length > 0 && (
        <li className={styles.more} title={more.join(', ')}>
          +{more.length}
        </li>
      )}
    </ul>
  );
}
