import type { ReactNode } from 'react';

import { Brand } from '../ui/Brand';
import { Message } from '../ui/Message';
import styles from './SessionMessage.module.css';

interface Props {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** What the page says to somebody who has no session. */
export function SessionMessage({ title, children, action }: Props) {
  return (
    <>
      <header className={styles.header}>
        <Brand />
      </header>
      <main>
        <Message title={title} action={action} alert>
          {children}
        </Message>
      </main>
    </>
  );
}
