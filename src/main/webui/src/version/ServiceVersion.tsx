import styles from './ServiceVersion.module.css';
import { useServiceVersion } from './useServiceVersion';

/** Which version of the service this is, for whoever reports a fault or compares two services. */
export function ServiceVersion() {
  const version = useServiceVersion();
  return <footer className={styles.footer}>{version && `Machine registry ${version}`}</footer>;
}
