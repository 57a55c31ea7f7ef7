import { useEffect, useRef, useState } from 'react';

import { copyText } from './copyText';

interface Props {
  text: string;
  /** What is copied, as in "token". */
  what: string;
  /** It is what one came for, and says what it copies. */
  primary?: boolean;
  onCopied?: (() => void) | undefined;
  className?: string | undefined;
}

const SHOWN_FOR = 2_000;

export function CopyButton({ text, what, primary = false, onCopied, className }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');

  useEffect(() => {
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    const copied = place.current !== null && (await copyText(text, place.current));
    setOutcome(copied ? 'copied' : 'failed');
    if (copied) {
      onCopied?.();
    }
  };
  const words = { idle: primary ? `Copy ${what}` : 'Copy', copied: 'Copied', failed: 'Select it and copy' };
  return (
    <span ref={place} className={className}>
      <button type="button" className={primary ? 'button primary' : 'button small'} aria-label={`Copy ${what}`} onClick={copy}>
        {words[outcome]}
      </button>
      <span className="visually-hidden" role="status">
        {outcome === 'idle' ? '' : outcome === 'copied' ? `Copied ${what}` : `Could not copy ${what}`}
      </span>
    </span>
  );
}
