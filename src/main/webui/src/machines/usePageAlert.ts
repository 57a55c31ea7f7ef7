import { useEffect } from 'react';

import type { Machine } from './types';
import { totalsOf } from './view';

const TITLE = 'Machine registry';

/** The tab's title and icon show whether something is offline. */
export function usePageAlert(machines: readonly Machine[] | undefined): void {
  const offline = machines ? totalsOf(machines).offline : 0;
  useEffect(() => {
    document.title = offline === 0 ? TITLE : `${offline.toLocaleString()} offline · ${TITLE}`;
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon) {
      icon.href = offline === 0 ? '/app/icon.svg' : '/app/icon-offline.svg';
    }
  }, [offline]);
}
