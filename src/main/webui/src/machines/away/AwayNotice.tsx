import { useTicking } from '../../ui/clock';
import { countText } from '../../ui/countText';
import { Notice } from '../../ui/Notice';
import { duration, timeOfDay } from '../../ui/relativeTime';
import type { Machine, MachineStatus } from '../types';
import { fragmentOf } from '../view/pageAddress';
import { usePageAddress } from '../view/usePageAddress';
import { EVERYTHING } from '../view/view';
import styles from './AwayNotice.module.css';
import { MachineLinks } from './MachineLinks';
import { dismissAbsence, useAbsence } from './useAwayWatch';

const MOST_NAMES = 3;
const MOST_GROUPS = 3;

interface Props {
  machines: readonly Machine[] | undefined;
}

/** Tells whoever comes back what changed meanwhile; nothing where nothing did. */
export function AwayNotice({ machines }: Props) {
  const absence = useAbsence(machines);
  if (!absence) {
    return null;
  }
  const { length, offline, online, together } = absence;
  const dismiss = (
    <button type="button" className="button small" onClick={dismissAbsence}>
      Dismiss
    </button>
  );
  return (
    <Notice action={dismiss}>
      While you were away ({duration(length)}): <Changed machines={offline} status="offline" />
      {offline.length > 0 && online.length > 0 && '; '}
      <Changed machines={online} status="online" />.
      {together.slice(0, MOST_GROUPS).map((group) => (
        <Together key={group[0]?.machineId} group={group} areAll={group.length === offline.length} />
      ))}
    </Notice>
  );
}

interface ChangedProps {
  machines: readonly Machine[];
  status: MachineStatus;
}

/** Few by their names, and many as a number that leads to the list of them. */
function Changed({ machines, status }: ChangedProps) {
  const { owner } = usePageAddress();
  const what = status === 'online' ? 'came online' : 'went offline';
  if (machines.length === 0) {
    return null;
  }
  return machines.length > MOST_NAMES ? (
    <a href={placeOf(owner, status)}>
      {countText(machines.length, 'machine')} {what}
    </a>
  ) : (
    <>
      <MachineLinks machines={machines} /> {what}
    </>
  );
}

interface TogetherProps {
  group: readonly Machine[];
  /** Whether no other machine went offline; few have just been named then. */
  areAll: boolean;
}

function Together({ group, areAll }: TogetherProps) {
  const { owner } = usePageAddress();
  const at = useTicking((now) => timeOfDay(group[0]?.statusSince ?? now, now));
  const text = `These ${group.length.toLocaleString()} went within the same five seconds, at ${at}`;
  if (areAll && group.length <= MOST_NAMES) {
    return <span className={styles.together}>{text}.</span>;
  }
  const more = group.length - MOST_NAMES;
  return (
    <span className={styles.together}>
      {text}: <MachineLinks machines={group.slice(0, MOST_NAMES)} isAll={more <= 0} />
      {more > 0 && (
        <>
          {' and '}
          <a href={placeOf(owner, 'offline')}>{more.toLocaleString()} more</a>
        </>
      )}
      .
    </span>
  );
}

/** Where the machines of a status are, those that changed last first. */
function placeOf(owner: string, status: MachineStatus): string {
  return fragmentOf({ owner, selectedId: null, view: { ...EVERYTHING, status, sort: 'since' } });
}
