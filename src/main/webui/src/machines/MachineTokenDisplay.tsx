import { useEffect, useRef } from 'react';

import { ownAddress } from '../address/addressApi';
import { useServiceAddress } from '../address/useServiceAddress';
import { CopyButton } from '../ui/CopyButton';
import { Tabs } from '../ui/Tabs';
import { commandsFor } from './commands';
import styles from './MachineTokenDisplay.module.css';

interface Props {
  token: string;
  onCopied?: (() => void) | undefined;
}

/** A token, for the only time, and what to do with it. Whoever renders this keeps the token nowhere else. */
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
        <Copyable text={command} what={`${name} command`} onCopied={onCopied} />
      </>
    ),
  }));
  return (
    <div className={styles.display}>
      <div>
        <h3 ref={start} tabIndex={-1}>
          Token
        </h3>
        <p className={styles.hint}>Shown this once, and stored nowhere in readable form. Keep it like a password.</p>
        <Copyable text={token} what="token" onCopied={onCopied} />
      </div>
      <div>
        <h3>Connect the machine</h3>
        <Tabs label="How the machine connects" tabs={tabs} />
      </div>
    </div>
  );
}

interface CopyableProps {
  text: string;
  what: string;
  onCopied?: (() => void) | undefined;
}

function Copyable({ text, what, onCopied }: CopyableProps) {
  return (
    <div className={styles.copyable}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} role="region" aria-label={what}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} what={what} onCopied={onCopied} className={styles.copy} />
    </div>
  );
}
