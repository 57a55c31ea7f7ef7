import { useState, type FormEvent } from 'react';

import { FormProblem } from '../machines/FormProblem';
import { useAction } from '../machines/useAction';
import { Field } from '../ui/Field';
import styles from './ApiTokens.module.css';
import { revokeToken } from './tokenApi';

/** Ends a token by its id: the service keeps no list of tokens. */
export function RevokeTokenForm() {
  const [tokenId, setTokenId] = useState('');
  const [revoked, setRevoked] = useState(false);
  const { run, isRunning, error } = useAction(revokeToken);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRevoked(false);
    run(tokenId.trim()).then(
      () => {
        setRevoked(true);
        setTokenId('');
      },
      () => undefined,
    );
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h3>Revoke a token</h3>
      <Field
        label="Token ID"
        value={tokenId}
        onChange={(event) => setTokenId(event.target.value)}
        hint="It was shown beside the token. Tokens are not listed anywhere."
        spellCheck={false}
      />
      <FormProblem error={error} />
      <p role="status">{revoked && 'Revoked: nothing takes this token any more.'}</p>
      <div className="actions">
        <button type="submit" className="button" disabled={isRunning || tokenId.trim() === ''}>
          {isRunning ? 'Revoking…' : 'Revoke'}
        </button>
      </div>
    </form>
  );
}
