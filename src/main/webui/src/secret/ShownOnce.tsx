import { useEffect, useRef, type ReactNode } from 'react';

import { CopyButton } from '../ui/CopyButton';
import { LeaveQuestion } from './LeaveQuestion';
import styles from './Secret.module.css';
import type { Shown } from './useShownOnce';

interface Props {
  what: 'key' | 'token';
  title: string;
  /** The secret, or what carries it. */
  children: ReactNode;
  /** What it is good for, and until when. */
  note: string;
  secretId: string;
  /** What else can be done with it. */
  more?: ReactNode;
  shown: Shown;
}

/** A secret, for the only time, and the id that revokes it. */
export function ShownOnce({ what, title, children, note, secretId, more, shown: { onSafe, asked, onStay, onDone, onLeave } }: Props) {
  const start = useRef<HTMLHeadingElement>(null);
  // What asked for the secret is gone, and the focus with it.
  useEffect(() => start.current?.focus(), []);
  return (
    <div className={styles.parts}>
      {/* Who selects it and presses the keys has copied it, too. */}
      <div onCopy={onSafe}>
        <h3 ref={start} tabIndex={-1}>
          {title}
        </h3>
        {children}
      </div>
      <p className={styles.hint}>{note}</p>
      <p>
        Keep the {what}’s ID as well, which revokes it: <code>{secretId}</code> <CopyButton text={secretId} what={`${what} ID`} />
      </p>
      {more}
      {asked ? (
        <LeaveQuestion onStay={onStay} onLeave={onLeave}>
          The {what} was not copied, and will not be shown again. Close anyway?
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
