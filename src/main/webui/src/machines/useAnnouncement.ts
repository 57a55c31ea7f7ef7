import { useEffect, useRef, useState } from 'react';

import { announcementOf } from './announcementOf';
import type { Machine } from './types';

const PAUSE = 3_000;

/** What changed since it was last said, at most every few seconds: many changes become one sentence. */
export function useAnnouncement(machines: readonly Machine[] | undefined): string {
  const [text, setText] = useState('');
  const said = useRef<readonly Machine[]>(undefined);
  const latest = useRef<readonly Machine[]>(undefined);

  useEffect(() => {
    latest.current = machines;
    said.current ??= machines;
  }, [machines]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (said.current && latest.current && said.current !== latest.current) {
        setText(announcementOf(said.current, latest.current));
      }
      said.current = latest.current;
    }, PAUSE);
    return () => clearInterval(timer);
  }, []);

  return text;
}
