import { useServiceInfo } from '../../version/useServiceInfo';
import { TimeChoice } from '../time/TimeChoice';
import styles from '../time/TimeChoice.module.css';
import type { MachineDetails } from '../types';
import { OFFERED } from './alertTimes';
import { BrowserAlertButton } from './BrowserAlertButton';

interface Props {
  machineId: string;
  /** Undefined while they are not known. */
  details: MachineDetails | undefined;
}

/** For how long a machine may be offline before somebody is told. */
export function AlertChoice({ machineId, details }: Props) {
  const goesNowhere = useServiceInfo()?.alerts?.configured === false;
  return (
    <TimeChoice machineId={machineId} details={details} label="Tell when offline for" field="alertAfterSeconds" offered={OFFERED}>
      {() => (
        <>
          {goesNowhere && <p className={styles.note}>Nobody is told yet: this service has no receiver of alerts. Whoever runs it can set alerts.url.</p>}
          <BrowserAlertButton />
        </>
      )}
    </TimeChoice>
  );
}
