import { useBrowserAlerts } from '../alert/useBrowserAlerts';
import type { Machine } from '../types';
import { useAnnouncement } from './useAnnouncement';

interface Props {
  machines: readonly Machine[] | undefined;
}

/** Tells people who do not see the list what changes in it. */
export function Announcements({ machines }: Props) {
  useBrowserAlerts(machines);
  const { text, key } = useAnnouncement(machines);
  return (
    // A browser tells a screen reader of another element, and of no text that is as it was.
    <p className="visually-hidden" aria-live="polite" data-testid="announcements">
      <span key={key}>{text}</span>
    </p>
  );
}
