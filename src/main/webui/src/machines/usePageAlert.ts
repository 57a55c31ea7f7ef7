import { useEffect } from 'react';

import type { Machine } from './types';
import { totalsOf } from './view';

const TITLE = 'Machine registry';

/** The tab's title and icon show whether something is offline. */
export function usePageAlert(machines: readonly Machine[] | undefined): void {
  const offline = machines ? totalsOf(machines).offline : 0;
  useEffect(() => {
    show(offline);
    return () => show(0);
  }, [offline]);
}

function show(offline: number): void {
  document.title = offline === 0 ? TITLE : `${offline.toLocaleString()} offline · ${TITLE}`;
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (icon) {
    icon.href = import.meta.env.BASE_URL + (offline === 0 ? 'icon.svg' : 'icon-offline.svg');
  }
}
