import { useEffect, useRef, useState } from 'react';

import type { Machine } from '../types';
import { announcementOf } from './announcementOf';

const PAUSE = 3_000;

interface Announcement {
  text: string;
  /** Another one each time, also where the text is the same. */
  key: number;
}

/** What changed since it was last said, at most every few seconds: many changes become one sentence. */
export function useAnnouncement(machines: readonly Machine[] | undefined): Announcement {
  const [announcement, setAnnouncement] = useState({ text: '', key: 0 });
  const said = useRef<readonly Machine[]>(undefined);
  const latest = useRef<readonly Machine[]>(undefined);

  useEffect(() => {
    latest.current = machines;
    said.current ??= machines;
  }, [machines]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (said.current && latest.current && said.current !== latest.current) {
        const text = announcementOf(said.current, latest.current);
        setAnnouncement(({ key }) => ({ text, key: key + 1 }));
      }
      said.current = latest.current;
    }, PAUSE);
    return () => clearInterval(timer);
  }, []);

  return announcement;
}
