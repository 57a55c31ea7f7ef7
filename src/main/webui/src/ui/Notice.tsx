import type { ReactNode } from 'react';

import styles from './Notice.module.css';

interface Props {
  children: ReactNode;
  action?: ReactNode;
}

/** Something that the reader should know while the rest of the page goes on. Belongs in a `role="status"` that is always there. */
export function Notice({ children, action }: Props) {
  return (
    <div className={styles.notice}>
      <p>{children}</p>
      {action}
    </div>
  );
}
