import type { ReactNode } from 'react';

import styles from './Message.module.css';

interface Props {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  alert?: boolean;
}

/** Takes the place of content that is not there, and says what to do about it. */
export function Message({ title, children, action, alert = false }: Props) {
  return (
    <section className={styles.message} role={alert ? 'alert' : undefined}>
      <h2>{title}</h2>
      {children}
      {action && <div className={styles.action}>{action}</div>}
    </section>
  );
}
