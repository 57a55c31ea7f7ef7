import { useEffect, useRef } from 'react';

import { ownAddress } from '../../address/addressApi';
import { useServiceAddress } from '../../address/useServiceAddress';
import { Copyable } from '../../secret/Copyable';
import { CopyButton } from '../../ui/CopyButton';
import { Tabs } from '../../ui/Tabs';
import { commandsFor } from './commands';
import styles from './MachineTokenDisplay.module.css';

interface Props {
  token: string;
  onCopied?: (() => void) | undefined;
}

/** What to run on the machine, with its token, for the only time. Whoever renders this keeps the token nowhere else. */
export function MachineTokenDisplay({ token, onCopied }: Props) {
  const start = useRef<HTMLHeadingElement>(null);
  // What asked for the token is gone, and the focus with it.
  useEffect(() => start.current?.focus(), []);

  const service = useServiceAddress()?.url ?? ownAddress();
  const tabs = commandsFor(token, service).map(({ name, hint, command }) => ({
    name,
    content: (
      <>
        <p className={styles.hint}>{hint}</p>
        <Copyable text={command} what={`${name} command`} />
        <CopyButton key={name} text={command} what="command" primary onCopied={onCopied} className={styles.copy} />
      </>
    ),
  }));
  return (
    // Who selects it and presses the keys has copied it, too.
    <div className={styles.display} onCopy={onCopied}>
      <div>
        <h3 ref={start} tabIndex={-1}>
          Run this on the machine
        </h3>
        <Tabs label="How the machine connects" tabs={tabs} />
      </div>
      <p className={styles.hint}>
        The command carries the machine’s token. It is shown this once, and stored nowhere in readable form: keep it like a password.
      </p>
      <details className={styles.raw}>
        <summary>The token alone</summary>
        <Copyable text={token} what="token" />
        <CopyButton text={token} what="token" onCopied={onCopied} className={styles.copy} />
      </details>
    </div>
  );
}
