import { useId, useState, type FormEvent } from 'react';

import type { EnrolmentKey } from '../http/contract.gen';
import { ProblemError } from '../http/request';
import { LabelProblem } from '../machines/labels/LabelProblem';
import { LabelRows } from '../machines/labels/LabelRows';
import { faultsIn, labelsIn, type LabelRow } from '../machines/labels/labelRows';
import { useAction } from '../machines/useAction';
import styles from '../secret/Secret.module.css';
import { teamNameOf } from '../teams/owners';
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
const LIFETIMES: readonly [seconds: number, text: string][] = [
  [HOUR, '1 hour'],
  [DAY, '1 day'],
  [7 * DAY, '7 days'],
  [30 * DAY, '30 days'],
  [90 * DAY, '90 days'],
];
const MOST_USES = 1_000_000;
const NO_FAULTS: ReadonlyMap<number, string> = new Map();

export function NewKeyForm({ owner, onMaking, onMade }: Props) {
  const id = useId();
  const [name, setName] = useState('');
  const [uses, setUses] = useState('');
  const [lifetime, setLifetime] = useState(HOUR);
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
    run({ name, owner, expiresInSeconds: lifetime, ...(Object.keys(labels).length > 0 && { labels }), ...(uses.trim() !== '' && { uses: Number(uses) }) })
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
      <div className={styles.choice}>
        <label htmlFor={`${id}-lifetime`}>It lets machines in for</label>
        <select id={`${id}-lifetime`} value={lifetime} onChange={(event) => setLifetime(Number(event.target.value))}>
          {LIFETIMES.map(([seconds, text]) => (
            <option key={seconds} value={seconds}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <Field
        label="Most machines at once"
        value={uses}
        onChange={(event) => setUses(event.target.value)}
        hint="Any number where this is empty."
        error={usesFault}
        inputMode="numeric"
      />
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
