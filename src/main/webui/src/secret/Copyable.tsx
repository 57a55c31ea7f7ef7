import styles from './Copyable.module.css';

interface Props {
  text: string;
  what: string;
}

/** A text to copy, which can be scrolled and selected. */
export function Copyable({ text, what }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <pre className={styles.copyable} tabIndex={0} role="region" aria-label={what}>
      <code>{text}</code>
    </pre>
  );
}
