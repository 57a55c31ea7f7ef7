import { useState } from 'react';

import { useAction } from '../../action/useAction';
import { isStatus } from '../../http/request';
import { pingMachine } from '../machineApi';
import styles from './PingButton.module.css';

interface Props {
  machineId: string;
}

/** Asks the machine itself whether it is there, and says how long the answer took or why there is none. */
export function PingButton({ machineId }: Props) {
  const { run, isRunning, error } = useAction(pingMachine);
  const [millis, setMillis] = useState<number>();
  const ask = () =>
    run(machineId).then(
      ({ roundTripMillis }) => setMillis(roundTripMillis),
      () => setMillis(undefined),
    );
  return (
    <div className={styles.ping}>
      {/* Disabled, it would lose the focus. */}
      <button type="button" className="button small" aria-disabled={isRunning} onClick={() => isRunning || void ask()}>
        Is it really there?
      </button>
      <p role="status">{isRunning ? 'Asking it…' : error ? failureText(error) : millis !== undefined && `Yes: it answered in ${millisText(millis)}.`}</p>
    </div>
  );
}

function millisText(millis: number): string {
  return millis < 1 ? 'less than a millisecond' : `${Math.round(millis).toLocaleString()} ms`;
}

function failureText(error: Error): string {
  if (isStatus(error, 504)) {
    return 'No answer came within 5 seconds. If it is not heard again, it will soon show as offline.';
  }
  return isStatus(error, 409) ? `It cannot be asked. ${error.message}` : error.message;
}
