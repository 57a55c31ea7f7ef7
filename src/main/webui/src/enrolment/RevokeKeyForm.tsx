import { useState, type FormEvent } from 'react';

import { FormProblem } from '../machines/FormProblem';
import { useAction } from '../machines/useAction';
import { Field } from '../ui/Field';
import styles from './Enrolment.module.css';
import { revokeKey } from './enrolmentApi';

interface Props {
  owner: string;
}

/** Ends a key by its id: the service keeps no list of keys. */
export function RevokeKeyForm({ owner }: Props) {
  const [keyId, setKeyId] = useState('');
  const [revoked, setRevoked] = useState(false);
  const { run, isRunning, error } = useAction(revokeKey);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRevoked(false);
    // The service looks among one's own and one's teams' keys where none is named.
    run(keyId.trim(), owner.startsWith('team:') ? owner : undefined).then(
      () => {
        setRevoked(true);
        setKeyId('');
      },
      () => undefined,
    );
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h3>Revoke a key</h3>
      <Field
        label="Key ID"
        value={keyId}
        onChange={(event) => setKeyId(event.target.value)}
        hint="It was shown beside the key, and is in the details of each machine that came with it."
        spellCheck={false}
      />
      <FormProblem error={error} />
      <p role="status">{revoked && 'Revoked: no more machines come with it.'}</p>
      <div className="actions">
        <button type="submit" className="button" disabled={isRunning || keyId.trim() === ''}>
          {isRunning ? 'Revoking…' : 'Revoke'}
        </button>
      </div>
    </form>
  );
}
