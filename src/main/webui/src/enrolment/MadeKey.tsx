import { useState } from 'react';

import { FormProblem } from '../action/FormProblem';
import { useAction } from '../action/useAction';
import { ownAddress } from '../address/addressApi';
import { useServiceAddress } from '../address/useServiceAddress';
import type { EnrolmentKey } from '../http/contract.gen';
import { Copyable } from '../secret/Copyable';
import styles from '../secret/Secret.module.css';
import { ShownOnce } from '../secret/ShownOnce';
import type { Shown } from '../secret/useShownOnce';
import { CopyButton } from '../ui/CopyButton';
import { exactTime } from '../ui/relativeTime';
import { Tabs } from '../ui/Tabs';
import { revokeKey } from './enrolmentApi';
import { fleetCommands } from './fleetCommands';

interface Props {
  made: EnrolmentKey;
  owner: string;
  shown: Shown;
}

/** A key in what machines are started with. */
export function MadeKey({ made: { key, keyId, expiresAt }, owner, shown }: Props) {
  const service = useServiceAddress()?.url ?? ownAddress();
  const tabs = fleetCommands(key, service).map(({ name, hint, text }) => ({
    name,
    content: (
      <>
        <p className={styles.hint}>{hint}</p>
        <Copyable text={text} what={`${name} snippet`} />
        <CopyButton key={name} text={text} what="snippet" primary onCopied={shown.onSafe} className={styles.copy} />
      </>
    ),
  }));
  const note = `It carries the key, which is shown this once and stored nowhere: keep it like a password. It lets machines in until ${exactTime(expiresAt)}; those that came stay.`;
  const revoke = <RevokeButton keyId={keyId} owner={owner} onRevoked={shown.onSafe} />;
  return (
    <ShownOnce what="key" title="Run this on each of the machines" note={note} secretId={keyId} more={revoke} shown={shown}>
      <Tabs label="How the machines come" tabs={tabs} />
    </ShownOnce>
  );
}

interface RevokeProps {
  keyId: string;
  owner: string;
  onRevoked: () => void;
}

function RevokeButton({ keyId, owner, onRevoked }: RevokeProps) {
  const [revoked, setRevoked] = useState(false);
  const { run, isRunning, error } = useAction(revokeKey);
  const revoke = () => {
    run(keyId, owner).then(
      () => {
        setRevoked(true);
        onRevoked();
      },
      () => undefined,
    );
  };
  return (
    <div>
      <button type="button" className={`button small ${styles.revoke}`} disabled={isRunning || revoked} onClick={revoke}>
        {isRunning ? 'Revoking…' : 'Revoke this key'}
      </button>
      <FormProblem error={error} />
      <p role="status">{revoked && 'Revoked: no more machines come with it. Those that came stay.'}</p>
    </div>
  );
}
