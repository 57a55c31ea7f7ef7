import { useState } from 'react';

import type { StatusChange, StatusHistory } from '../../http/contract.gen';
import { useTicking } from '../../ui/clock';
import { RelativeTime } from '../../ui/RelativeTime';
import { reasonWord } from '../status/statusText';
import type { Machine } from '../types';
import { flaps, HOUR } from './flaps';
import { HistoryStrip } from './HistoryStrip';
import styles from './MachineHistory.module.css';
import { uptimeText } from './uptimeText';
import { useMachineHistory } from './useMachineHistory';

interface Props {
  machine: Machine;
}

/** What a machine was before. It is asked for when somebody opens it, or where the machine may be flapping: one that changed within the hour. */
export function MachineHistory({ machine }: Props) {
  const [open, setOpen] = useState(false);
  const mayFlap = useTicking((now) => (machine.statusSince > now - HOUR && machine.offlineReason !== 'never_connected' ? 'yes' : '')) !== '';
  const { history, error } = useMachineHistory(machine, open || mayFlap);
  return (
    <>
      {mayFlap && history && <FlappingNote {...history} />}
      <details className={styles.history} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>History</summary>
        {history && <HistoryStrip {...history} />}
        {history && <Changes {...history} />}
        <p role="status" className={error ? 'problem' : undefined}>
          {error ? `The history could not be loaded. ${error.message}` : !history && 'Loading…'}
        </p>
      </details>
    </>
  );
}

function FlappingNote({ changes }: Pick<StatusHistory, 'changes'>) {
  const text = useTicking((now) => (flaps(changes, now) ? 'Flapping: it changed five times or more within the last hour.' : ''));
  return text && <p className={styles.flapping}>{text}</p>;
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
