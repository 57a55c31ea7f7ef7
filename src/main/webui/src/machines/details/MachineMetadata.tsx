import type { MachineDetails } from '../types';
import styles from './MachineFacts.module.css';

interface Props {
  metadata: MachineDetails['metadata'];
}

/** What a machine told of itself in its own words; what is no plain value is shown as the JSON that it is. */
export function MachineMetadata({ metadata }: Props) {
  const entries = Object.entries(metadata ?? {});
  return (
    entries.length > 0 && (
      <details className={styles.metadata}>
        <summary>Metadata</summary>
        <dl className={styles.facts}>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>
                <bdi>{name}</bdi>
              </dt>
              <dd>
                <bdi>{typeof value === 'string' ? value : JSON.stringify(value)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    )
  );
}
