import type { ReactNode } from 'react';

import styles from './Notice.module.css';

interface Props {
  children: ReactNode;
  action?: ReactNode;
  /** What must not be overlooked, whatever the reader is doing. */
  loud?: boolean;
}

/** Something that the reader should know while the rest of the page goes on. Belongs in a `role="status"` that is always there. */
export function Notice({ children, action, loud = false }: Props) {
  return (
    <div className={loud ? `${styles.notice} ${styles.loud}` : styles.notice}>
      {/* What its buttons say for themselves is not read with it. */}
      <p role={loud ? 'alert' : undefined}>{children}</p>
      {action}
    </div>
  );
}
