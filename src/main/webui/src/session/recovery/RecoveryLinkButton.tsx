import { useRef, useState } from 'react';

import { toError } from '../../http/request';
import { copyText } from '../../ui/copyText';
import styles from './RecoveryLinkButton.module.css';
import { makeRecoveryLink } from '../sessionApi';
import { withSession } from '../sessionStore';

type Made = { link: string; copied: boolean } | { problem: string };

/** Copies a link that leads back to this person, and shows it: not every browser lets a page copy. */
export function RecoveryLinkButton() {
  const place = useRef<HTMLDivElement>(null);
  const [made, setMade] = useState<Made>();

  const make = async () => {
    try {
      const link = await withSession(makeRecoveryLink);
      setMade({ link, copied: place.current !== null && (await copyText(link, place.current)) });
    } catch (failure) {
      setMade({ problem: toError(failure).message });
    }
  };
  return (
    <div ref={place} className={styles.made}>
      <div>
        <button type="button" className="button small" onClick={make}>
          Copy recovery link
        </button>
      </div>
      {made && 'link' in made && (
        <input readOnly aria-label="Recovery link" value={made.link} onFocus={({ target }) => target.select()} />
      )}
      <span role="status">{made && textOf(made)}</span>
    </div>
  );
}

function textOf(made: Made): string {
  if ('problem' in made) {
    return made.problem;
  }
  return made.copied
    ? 'Copied. Keep it like a password: whoever opens it has your machines. It is good for a year.'
    : 'Select it and copy it. Keep it like a password: whoever opens it has your machines. It is good for a year.';
}
