import type { Machine } from '../types';
import { sharedText } from './sharedText';
import styles from './SharedToken.module.css';

interface Props {
  machine: Machine;
}

/** Warns that several machines use one token, and says what to do about it. */
export function SharedToken({ machine }: Props) {
  const text = sharedText(machine);
  return (
    text && (
      <div className={styles.shared}>
        <p>
          <strong>{text}.</strong>
        </p>
        <p>
          They show as one machine here. Make a new token and use it on one of them, and register each other one as a machine of its own.
        </p>
      </div>
    )
  );
}

/** The same in a line, for the list. */
export function SharedTokenLine({ machine }: Props) {
  const text = sharedText(machine);
  return text && <span className={styles.line}>{text}</span>;
}
