import { useEffect, useRef, type ReactNode } from 'react';

import styles from './LeaveQuestion.module.css';

interface Props {
  children: ReactNode;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks once before a token is lost. */
export function LeaveQuestion({ children, onStay, onLeave }: Props) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <div className={styles.question} role="alert">
      <p>{children}</p>
      <div className={styles.answers}>
        <button ref={stay} type="button" className="button" onClick={onStay}>
          Keep open
        </button>
        <button type="button" className="button danger" onClick={onLeave}>
          Close anyway
        </button>
      </div>
    </div>
  );
}
