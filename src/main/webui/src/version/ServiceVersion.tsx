import styles from './ServiceVersion.module.css';
import { useServiceInfo } from './useServiceInfo';

/** Which version of the service this is, for whoever reports a fault or compares two services. */
export function ServiceVersion() {
  const version = useServiceInfo()?.build?.version;
  return <footer className={styles.footer}>{version && `Machine registry ${version}`}</footer>;
}
