import type { CSSProperties } from 'react';

import type { StatusChange } from '../../http/contract.gen';
import { useTicking } from '../../ui/clock';
import { exactTime } from '../../ui/relativeTime';
import { useStaleness } from '../store/useMachines';
import styles from './HistoryStrip.module.css';
import { stripOf, type Stretch, type StripKind } from './stripOf';
import { stripText } from './stripText';

interface Props {
  changes: readonly StatusChange[];
}

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;

const WORDS: Record<StripKind, string> = {
  online: 'online',
  broken: 'offline: broke off',
  offline: 'offline: switched off, or not connected yet',
  unknown: 'not known',
};
const KINDS = Object.keys(WORDS) as StripKind[];

/** What a machine was in the last seven days, to be taken in at a glance: by height and line as well as by colour. */
export function HistoryStrip({ changes }: Props) {
  // A minute is less than can be seen of a week.
  const to = (1 + Number(useTicking((now) => String(Math.floor(now / MINUTE))))) * MINUTE;
  const stale = useStaleness();
  const strip = stripOf(changes, { from: to - WEEK, to }, stale ? (stale.since ?? 0) : to);
  return (
    <figure className={styles.figure}>
      <div className={styles.strip} role="img" aria-label={`Last 7 days: ${stripText(strip)}`}>
        {strip.map((stretch) => (
          <span key={stretch.from} data-kind={stretch.kind} style={placeOf(stretch, to)} title={titleOf(stretch)} />
        ))}
      </div>
      <p className={styles.scale} aria-hidden="true">
        <span>7 days ago</span>
        <span>now</span>
      </p>
      <ul className={styles.key} aria-hidden="true">
        {KINDS.filter((kind) => strip.some((stretch) => stretch.kind === kind)).map((kind) => (
          <li key={kind}>
            <span data-kind={kind} />
            {WORDS[kind]}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function placeOf({ from, to }: Stretch, end: number): CSSProperties {
  return { '--left': percent(from - (end - WEEK)), '--width': percent(to - from) } as CSSProperties;
}

function percent(millis: number): string {
  return `${((millis / WEEK) * 100).toFixed(4)}%`;
}

function titleOf({ kind, from, to }: Stretch): string {
  return `${WORDS[kind]}, ${exactTime(from)} to ${exactTime(to)}`;
}
