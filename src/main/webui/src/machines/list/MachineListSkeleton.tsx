import styles from './MachineListSkeleton.module.css';

const ROWS = 6;

export function MachineListSkeleton() {
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">Loading your machines…</span>
      {Array.from({ length: ROWS }, (_, row) => (
        <div key={row} className={styles.row} aria-hidden="true">
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
