import { useEffect, useRef } from 'react';

import type { ApiToken } from '../http/contract.gen';
import { LeaveQuestion } from '../machines/LeaveQuestion';
import { CopyButton } from '../ui/CopyButton';
import { exactDay } from '../ui/relativeTime';
import styles from './ApiTokens.module.css';

interface Props {
  made: ApiToken;
  onCopied: () => void;
  asked: boolean;
  onStay: () => void;
  onDone: () => void;
  onLeave: () => void;
}

/** A token, for the only time, and the id that revokes it. */
export function MadeToken({ made: { token, tokenId, expiresAt }, onCopied, asked, onStay, onDone, onLeave }: Props) {
  const start = useRef<HTMLParagraphElement>(null);
  // What asked for the token is gone, and the focus with it.
  useEffect(() => start.current?.focus(), []);
  return (
    <div className={styles.parts}>
      <p ref={start} tabIndex={-1}>
        It is shown this once, and stored nowhere: keep it like a password. It ends on {exactDay(expiresAt)}.
      </p>
      {/* Who selects it and presses the keys has copied it, too. */}
      <div onCopy={onCopied}>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <pre className={styles.token} tabIndex={0} role="region" aria-label="API token">
          <code>{token}</code>
        </pre>
      </div>
      <CopyButton text={token} what="API token" primary onCopied={onCopied} />
      <p>
        Keep its ID as well, which revokes it: <code>{tokenId}</code> <CopyButton text={tokenId} what="token ID" />
      </p>
      {asked ? (
        <LeaveQuestion onStay={onStay} onLeave={onLeave}>
          The token was not copied, and will not be shown again. Close anyway?
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
