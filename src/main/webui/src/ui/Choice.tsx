import { useId, type ComponentProps } from 'react';

import styles from './Choice.module.css';

interface Props extends ComponentProps<'select'> {
  label: string;
}

/** One of several, with what it is for above it. */
export function Choice({ label, ...select }: Props) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select id={id} {...select} />
    </div>
  );
}
