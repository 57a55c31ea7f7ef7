import { useEffect, useRef, useState } from 'react';

import { ownAddress } from '../address/addressApi';
import { useServiceAddress } from '../address/useServiceAddress';
import type { EnrolmentKey } from '../http/contract.gen';
import { FormProblem } from '../machines/FormProblem';
import { LeaveQuestion } from '../machines/LeaveQuestion';
import { Copyable } from '../machines/MachineTokenDisplay';
import { useAction } from '../machines/useAction';
import { CopyButton } from '../ui/CopyButton';
import { exactTime } from '../ui/relativeTime';
import { Tabs } from '../ui/Tabs';
import styles from './Enrolment.module.css';
import { revokeKey } from './enrolmentApi';
import { fleetCommands } from './fleetCommands';

interface Props {
  made: EnrolmentKey;
  owner: string;
  /** It was copied, or revoked: nothing is lost any more. */
  onSafe: () => void;
  asked: boolean;
  onStay: () => void;
  onDone: () => void;
  onLeave: () => void;
}

/** A key, for the only time, in what machines are started with; and the id that revokes it. */
export function MadeKey({ made: { key, keyId, expiresAt }, owner, onSafe, asked, onStay, onDone, onLeave }: Props) {
  const start = useRef<HTMLHeadingElement>(null);
  // What asked for the key is gone, and the focus with it.
  useEffect(() => start.current?.focus(), []);

  const service = useServiceAddress()?.url ?? ownAddress();
  const tabs = fleetCommands(key, service).map(({ name, hint, text }) => ({
    name,
    content: (
      <>
        <p className={styles.hint}>{hint}</p>
        <Copyable text={text} what={`${name} snippet`} />
        <CopyButton key={name} text={text} what="snippet" primary onCopied={onSafe} className={styles.copy} />
      </>
    ),
  }));
  return (
    <div className={styles.parts}>
      {/* Who selects it and presses the keys has copied it, too. */}
      <div onCopy={onSafe}>
        <h3 ref={start} tabIndex={-1}>
          Run this on each of the machines
        </h3>
        <Tabs label="How the machines come" tabs={tabs} />
      </div>
      <p className={styles.hint}>
        It carries the key, which is shown this once and stored nowhere: keep it like a password. It lets machines in until{' '}
        {exactTime(expiresAt)}; those that came stay.
      </p>
      <p>
        Keep the key’s ID as well, which revokes it: <code>{keyId}</code> <CopyButton text={keyId} what="key ID" />
      </p>
      <RevokeButton keyId={keyId} owner={owner} onRevoked={onSafe} />
      {asked ? (
        <LeaveQuestion onStay={onStay} onLeave={onLeave}>
          The key was not copied, and will not be shown again. Close anyway?
        </LeaveQuestion>
      ) : (
        <div className="actions">
          <button type="button" className="button" onClick={onDone}>
            Done
          </button>
        </div>
      )}
    </div>
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
