import { useId, type ComponentProps } from 'react';

import styles from './Choice.module.css';

interface Props extends ComponentProps<'select'> {
  label: string;
}

/** A select whose label stands above it. */
export function Choice({ label, ...select }: Props) {
  const id = useId();
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select id={id} {...select} />
    </div>
  );
}
