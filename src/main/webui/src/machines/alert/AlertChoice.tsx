import { useId, useState } from 'react';

import { useServiceInfo } from '../../version/useServiceInfo';
import { FormProblem } from '../FormProblem';
import { changeMachine } from '../machineApi';
import type { MachineDetails } from '../types';
import { useAction } from '../useAction';
import styles from './AlertChoice.module.css';
import { OFFERED, timeText } from './alertTimes';
import { BrowserAlertButton } from './BrowserAlertButton';

const NEVER = '';

interface Props {
  machineId: string;
  /** Undefined while they are not known. */
  details: MachineDetails | undefined;
}

/** For how long a machine may be offline before somebody is told. */
export function AlertChoice({ machineId, details }: Props) {
  const id = useId();
  const { run, isRunning, error } = useAction(changeMachine);
  const [saved, setSaved] = useState<MachineDetails>();
  const goesNowhere = useServiceInfo()?.alerts?.configured === false;
  // What was saved is shown until the details are loaded again.
  const [savedOver, setSavedOver] = useState<MachineDetails>();
  const known = saved && savedOver === details ? saved : details;
  const after = known?.alertAfterSeconds ?? null;
  const choose = (value: string) => {
    run(machineId, { alertAfterSeconds: value === NEVER ? null : Number(value) }).then(
      (changed) => {
        setSaved(changed);
        setSavedOver(details);
      },
      () => undefined,
    );
  };
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>Tell when offline for</label>
      <select id={id} value={after ?? NEVER} disabled={!known || isRunning} onChange={(event) => choose(event.target.value)}>
        <option value={NEVER}>never</option>
        {timesWith(after).map((seconds) => (
          <option key={seconds} value={seconds}>
            {timeText(seconds)}
          </option>
        ))}
      </select>
      <FormProblem error={error} />
      {goesNowhere && after !== null && (
        <p className={styles.note}>Nobody is told yet: this service has no receiver of alerts. Whoever runs it can set alerts.url.</p>
      )}
      {after !== null && <BrowserAlertButton />}
    </div>
  );
}

/** Over the API any time can be set. */
function timesWith(after: number | null): readonly number[] {
  return after === null || OFFERED.includes(after) ? OFFERED : [...OFFERED, after].sort((one, other) => one - other);
}
