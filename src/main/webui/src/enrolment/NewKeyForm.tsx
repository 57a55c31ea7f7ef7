import { useState, type FormEvent } from 'react';

import { useAction } from '../action/useAction';
import type { EnrolmentKey } from '../http/contract.gen';
import { ProblemError } from '../http/request';
import { OFFERED as ALERT_TIMES } from '../machines/alert/alertTimes';
import { LabelProblem } from '../machines/labels/LabelProblem';
import { LabelRows } from '../machines/labels/LabelRows';
import { faultsIn, labelsIn, type LabelRow } from '../machines/labels/labelRows';
import { OFFERED as REMOVAL_TIMES } from '../machines/removal/removalTimes';
import { TimeOptions } from '../machines/time/TimeOptions';
import { timeText } from '../machines/time/timeText';
import styles from '../secret/Secret.module.css';
import { teamNameOf } from '../teams/owners';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { makeKey } from './enrolmentApi';

interface Props {
  /** Whose machines will come with it. */
  owner: string;
  onMaking: (making: boolean) => void;
  onMade: (made: EnrolmentKey) => void;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
const LIFETIMES: readonly number[] = [HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY];
const NEVER = '';
const MOST_USES = 1_000_000;
const NO_FAULTS: ReadonlyMap<number, string> = new Map();

export function NewKeyForm({ owner, onMaking, onMade }: Props) {
  const [name, setName] = useState('');
  const [uses, setUses] = useState('');
  const [lifetime, setLifetime] = useState(String(HOUR));
  const [alertAfter, setAlertAfter] = useState(NEVER);
  const [removeAfter, setRemoveAfter] = useState(NEVER);
  const [rows, setRows] = useState<readonly LabelRow[]>([]);
  const [faults, setFaults] = useState(NO_FAULTS);
  const [usesFault, setUsesFault] = useState<string>();
  const { run, isRunning, error } = useAction(makeKey);
  const violation = error instanceof ProblemError ? error.violationOf('name') : undefined;
  const team = teamNameOf(owner);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrongLabels = faultsIn(rows);
    const wrongUses = faultOfUses(uses);
    setFaults(wrongLabels);
    setUsesFault(wrongUses);
    if (wrongLabels.size > 0 || wrongUses !== undefined) {
      return;
    }
    onMaking(true);
    const labels = labelsIn(rows);
    run({
      name,
      owner,
      expiresInSeconds: Number(lifetime),
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(uses.trim() !== '' && { uses: Number(uses) }),
      ...(alertAfter !== NEVER && { alertAfterSeconds: Number(alertAfter) }),
      ...(removeAfter !== NEVER && { removeAfterSeconds: Number(removeAfter) }),
    })
      .then(onMade, () => undefined)
      .finally(() => onMaking(false));
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {team !== null && (
        <p>
          The machines will belong to the team <strong>{team}</strong>.
        </p>
      )}
      <Field
        label="Name of the key"
        value={name}
        onChange={(event) => setName(event.target.value)}
        hint="By which you know it again, as in “rack 7”."
        error={violation && `The name ${violation}.`}
        spellCheck={false}
        data-autofocus
      />
      <Choice label="It lets machines in for" value={lifetime} onChange={(event) => setLifetime(event.target.value)}>
        {LIFETIMES.map((seconds) => (
          <option key={seconds} value={seconds}>
            {timeText(seconds)}
          </option>
        ))}
      </Choice>
      <Field
        label="Most machines at once"
        value={uses}
        onChange={(event) => setUses(event.target.value)}
        hint="Any number where this is empty."
        error={usesFault}
        inputMode="numeric"
      />
      <Choice label="Tell when offline for" value={alertAfter} onChange={(event) => setAlertAfter(event.target.value)}>
        <TimeOptions never={NEVER} times={ALERT_TIMES} />
      </Choice>
      <Choice label="Remove when offline for" value={removeAfter} onChange={(event) => setRemoveAfter(event.target.value)}>
        <TimeOptions never={NEVER} times={REMOVAL_TIMES} />
      </Choice>
      <LabelRows rows={rows} faults={faults} onChange={setRows} />
      {!violation && <LabelProblem error={error} />}
      <div className="actions">
        <button type="submit" className="button primary" disabled={isRunning}>
          {isRunning ? 'Making…' : 'Make key'}
        </button>
      </div>
    </form>
  );
}

function faultOfUses(uses: string): string | undefined {
  const count = uses.trim();
  return count === '' || (/^\d{1,7}$/.test(count) && Number(count) >= 1 && Number(count) <= MOST_USES)
    ? undefined
    : `It must be a number from 1 to ${MOST_USES.toLocaleString()}, or empty.`;
}
