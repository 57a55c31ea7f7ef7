import { useState, type FormEvent } from 'react';

import { FormProblem } from '../action/FormProblem';
import { useAction } from '../action/useAction';
import type { ApiToken, ApiTokenScope } from '../http/contract.gen';
import { ProblemError } from '../http/request';
import styles from '../secret/Secret.module.css';
import { Choice } from '../ui/Choice';
import { Field } from '../ui/Field';
import { makeToken } from './tokenApi';

interface Props {
  onMaking: (making: boolean) => void;
  onMade: (made: ApiToken) => void;
}

const A_DAY = 86_400;
const LIFETIMES: readonly [seconds: number, text: string][] = [
  [A_DAY, '1 day'],
  [30 * A_DAY, '30 days'],
  [90 * A_DAY, '90 days'],
  [365 * A_DAY, '1 year'],
];
const USUAL = 30 * A_DAY;

export function NewTokenForm({ onMaking, onMade }: Props) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<ApiTokenScope>('read');
  const [lifetime, setLifetime] = useState(USUAL);
  const { run, isRunning, error } = useAction(makeToken);
  const violation = error instanceof ProblemError ? error.violationOf('name') : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onMaking(true);
    run({ name, scope, expiresInSeconds: lifetime })
      .then(onMade, () => undefined)
      .finally(() => onMaking(false));
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h3>Make a token</h3>
      <Field
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        hint="What it is for, as in “backup script”."
        error={violation && `The name ${violation}.`}
        data-autofocus
      />
      <Choice label="It may" value={scope} onChange={(event) => setScope(event.target.value as ApiTokenScope)}>
        <option value="read">Read: see machines, and change nothing</option>
        <option value="manage">Manage: change what you may change</option>
      </Choice>
      <Choice label="It ends after" value={lifetime} onChange={(event) => setLifetime(Number(event.target.value))}>
        {LIFETIMES.map(([seconds, text]) => (
          <option key={seconds} value={seconds}>
            {text}
          </option>
        ))}
      </Choice>
      <FormProblem error={error} />
      <div className="actions">
        <button type="submit" className="button primary" disabled={isRunning}>
          {isRunning ? 'Making…' : 'Make token'}
        </button>
      </div>
    </form>
  );
}
