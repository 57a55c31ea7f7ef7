import { useEffect } from 'react';

import type { Machine } from './types';
import { useStaleness } from './useMachines';
import { totalsOf } from './view';

const TITLE = 'Machine registry';

/** The tab's title and icon show whether something is offline, or whether that is not known. */
export function usePageAlert(machines: readonly Machine[] | undefined): void {
  const offline = machines ? totalsOf(machines).offline : 0;
  const stale = useStaleness() !== undefined && machines !== undefined;
  const alert = stale ? 'Not live' : offline > 0 ? `${offline.toLocaleString()} offline` : '';
  useEffect(() => {
    show(alert);
    return () => show('');
  }, [alert]);
}

function show(alert: string): void {
  document.title = alert === '' ? TITLE : `${alert} · ${TITLE}`;
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (icon) {
    icon.href = import.meta.env.BASE_URL + (alert === '' ? 'icon.svg' : 'icon-offline.svg');
  }
}
