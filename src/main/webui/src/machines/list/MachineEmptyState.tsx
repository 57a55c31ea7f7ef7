import styles from './MachineEmptyState.module.css';

interface Props {
  /** Undefined where the person may add none. */
  onAdd: (() => void) | undefined;
}

export function MachineEmptyState({ onAdd }: Props) {
  return (
    <section className={styles.empty} aria-labelledby="empty-title">
      <svg viewBox="0 0 96 72" aria-hidden="true">
        <rect x="14" y="8" width="68" height="24" rx="6" />
        <rect x="14" y="40" width="68" height="24" rx="6" />
        <path d="M46 20h24M46 52h24" />
        <circle cx="27" cy="20" r="3.5" className={styles.on} />
        <circle cx="27" cy="52" r="3.5" />
      </svg>
      <h2 id="empty-title">No machines yet</h2>
      {onAdd ? (
        <>
          <ol>
            <li>Give the machine a name.</li>
            <li>Paste one line on it.</li>
            <li>See it come online here.</li>
          </ol>
          <button type="button" className="button primary" onClick={onAdd}>
            Add your first machine
          </button>
        </>
      ) : (
        <p>You see what there is here, and cannot add to it. An operator of the team can.</p>
      )}
    </section>
  );
}
