import styles from './OtherWays.module.css';

interface Props {
  onFleet: () => void;
}

/** Below the form for one machine: the ways that need none. */
export function OtherWays({ onFleet }: Props) {
  return (
    <div className={styles.ways}>
      <p>Many machines, or an image that boots itself?</p>
      <button type="button" className="button small" onClick={onFleet}>
        Add a fleet…
      </button>
    </div>
  );
}
