import { useEffect, useRef, useState } from 'react';

import { copyText } from './copyText';

interface Props {
  text: string;
  /** What is copied, as in "token". */
  what: string;
  onCopied?: (() => void) | undefined;
  className?: string | undefined;
}

const OUTCOMES = { idle: 'Copy', copied: 'Copied', failed: 'Select it and copy' } as const;
const SHOWN_FOR = 2_000;

export function CopyButton({ text, what, onCopied, className }: Props) {
  const place = useRef<HTMLSpanElement>(null);
  const [outcome, setOutcome] = useState<keyof typeof OUTCOMES>('idle');

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
  return (
    <span ref={place} className={className}>
      <button type="button" className="button small" aria-label={`Copy ${what}`} onClick={copy}>
        {OUTCOMES[outcome]}
      </button>
      <span className="visually-hidden" role="status">
        {outcome === 'idle' ? '' : outcome === 'copied' ? `Copied ${what}` : `Could not copy ${what}`}
      </span>
    </span>
  );
}
