import { useEffect } from 'react';

import { needsAttention } from '../status/attention';
import { useStaleness } from '../store/useMachines';
import type { Machine } from '../types';

const TITLE = 'Machine registry';

/** The tab's title and icon show whether something broke, or whether that is not known. They are quiet about what was switched off. */
export function usePageAlert(machines: readonly Machine[] | undefined): void {
  const broken = machines?.filter(needsAttention).length ?? 0;
  const stale = useStaleness() !== undefined && machines !== undefined;
  const alert = stale ? 'Not live' : broken > 0 ? `${broken.toLocaleString()} ${broken === 1 ? 'needs' : 'need'} attention` : '';
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
