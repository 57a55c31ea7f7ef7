import type { ReactNode } from 'react';

import { Brand } from './Brand';
import { Message } from './Message';
import styles from './PageMessage.module.css';

interface Props {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** A message that is the whole page, below the product's name. */
export function PageMessage({ title, children, action }: Props) {
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
