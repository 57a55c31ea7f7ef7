import { useEffect, useId, useRef, type InputHTMLAttributes, type ReactNode } from 'react';

import styles from './Field.module.css';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

/** An input with its label, its hint and what is wrong with it, wired for everyone. */
export function Field({ label, hint, error, ...input }: Props) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const element = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error) {
      element.current?.focus();
    }
  }, [error]);

  const describedBy = [hint && hintId, error && errorId].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={element}
        id={id}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={describedBy}
        {...input}
      />
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
      <p id={errorId} className={styles.error} role="alert">
        {error}
      </p>
    </div>
  );
}
