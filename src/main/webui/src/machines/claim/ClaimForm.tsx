import { useEffect, useRef, useState, type FormEvent } from 'react';

import { FormProblem } from '../FormProblem';
import { NameField } from '../NameField';
import styles from './ClaimForm.module.css';
import type { Claim } from './claimLink';

interface Props {
  claim: Claim;
  onName: (name: string) => void;
  isClaiming: boolean;
  error: Error | null;
  onCancel: () => void;
}

/** Whoever opens a link may have it from anybody: what it says is compared with what the machine shows before it is named. */
export function ClaimForm({ claim, onName, isClaiming, error, onCancel }: Props) {
  const [name, setName] = useState('');
  const form = useRef<HTMLFormElement>(null);
  // The dialog was open before, while the service was asked for the machine.
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onName(name);
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <p>A machine asks to be added to your list. Go on only if the machine itself shows the same:</p>
      <dl className={styles.compare}>
        <dt>Machine</dt>
        <dd>
          <code>{grouped(claim.machineId)}</code>
        </dd>
        <dt>Hash</dt>
        <dd>
          <code>{grouped(claim.secretHash)}</code>
        </dd>
      </dl>
      <NameField value={name} onChange={setName} error={error} hint="What you call it. You can change it later." />
      <FormProblem error={error} />
      <div className="actions">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={isClaiming}>
          {isClaiming ? 'Adding…' : 'It is the same: add it'}
        </button>
      </div>
    </form>
  );
}

/** In fours, as the machine prints it. */
function grouped(text: string): string {
  return text.replace(/.{4}(?=.)/g, '$& ');
}
