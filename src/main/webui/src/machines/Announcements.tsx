import { useBrowserAlerts } from './alert/useBrowserAlerts';
import type { Machine } from './types';
import { useAnnouncement } from './useAnnouncement';

interface Props {
  machines: readonly Machine[] | undefined;
}

/** Tells people who do not see the list what changes in it. */
export function Announcements({ machines }: Props) {
  useBrowserAlerts(machines);
  return (
    <p className="visually-hidden" aria-live="polite" data-testid="announcements">
      {useAnnouncement(machines)}
    </p>
  );
}
