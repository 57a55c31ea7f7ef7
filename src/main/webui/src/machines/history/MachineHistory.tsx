import { useState } from 'react';

import type { StatusChange, StatusHistory } from '../../http/contract.gen';
import { RelativeTime } from '../../ui/RelativeTime';
import { reasonWord } from '../statusText';
import type { Machine } from '../types';
import styles from './MachineHistory.module.css';
import { uptimeText } from './uptimeText';
import { useMachineHistory } from './useMachineHistory';

interface Props {
  machine: Machine;
}

/** What a machine was before. It is asked for when somebody opens it. */
export function MachineHistory({ machine }: Props) {
  const [open, setOpen] = useState(false);
  const { history, error } = useMachineHistory(machine, open);
  return (
    <details className={styles.history} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>History</summary>
      {history && <Changes {...history} />}
      <p role="status" className={error ? 'problem' : undefined}>
        {error ? `The history could not be loaded. ${error.message}` : !history && 'Loading…'}
      </p>
    </details>
  );
}

function Changes({ changes, uptime }: StatusHistory) {
  return (
    <>
      <dl className={styles.uptime} aria-label="Part of the time that it was online">
        {([['Last 24 hours', uptime.day], ['Last 7 days', uptime.week], ['Last 30 days', uptime.month]] as const).map(([time, part]) => (
          <div key={time}>
            <dt>{time}</dt>
            <dd>{uptimeText(part)}</dd>
          </div>
        ))}
      </dl>
      <ol className={styles.changes} aria-label="Changes, the newest first">
        {changes.map((change, index) => (
          // Two changes may have come in one millisecond, and what is older than a change stays the same.
          <li key={changes.length - index}>
            <span>{changeText(change)}</span> <RelativeTime time={change.at} />
          </li>
        ))}
      </ol>
    </>
  );
}

function changeText(change: StatusChange): string {
  return change.status === 'online' ? 'Online' : ['Offline', reasonWord(change)].filter(Boolean).join(': ');
}
