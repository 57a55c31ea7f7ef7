import { useState, type FormEvent } from 'react';

import { FormProblem } from '../action/FormProblem';
import { useAction } from '../action/useAction';
import { Field } from '../ui/Field';
import styles from './Secret.module.css';

interface Props {
  what: 'key' | 'token';
  hint: string;
  /** What is said when it is revoked. */
  said: string;
  /** Stays the same, so that what it came to is kept. */
  revoke: (secretId: string) => Promise<void>;
}

/** Ends a secret by its id: the service keeps no list of them. */
export function RevokeForm({ what, hint, said, revoke }: Props) {
  const [secretId, setSecretId] = useState('');
  const [revoked, setRevoked] = useState(false);
  const { run, isRunning, error } = useAction(revoke);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRevoked(false);
    run(secretId.trim()).then(
      () => {
        setRevoked(true);
        setSecretId('');
      },
      () => undefined,
    );
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h3>Revoke a {what}</h3>
      <Field
        label={what === 'key' ? 'Key ID' : 'Token ID'}
        value={secretId}
        onChange={(event) => setSecretId(event.target.value)}
        hint={hint}
        spellCheck={false}
      />
      <FormProblem error={error} />
      <p role="status">{revoked && said}</p>
      <div className="actions">
        <button type="submit" className="button" disabled={isRunning || secretId.trim() === ''}>
          {isRunning ? 'Revoking…' : 'Revoke'}
        </button>
      </div>
    </form>
  );
}
