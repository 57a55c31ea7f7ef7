import { basePath } from '../http/servicePath';

/**
 * What has to be told about who this is: the person changed without anybody's doing (`replaced`), or because a link was opened and
 * nothing was asked (`recovered`).
 */
export type PersonNotice = 'replaced' | 'recovered';

// Another service may be below another path of the same host.
const KEY = `session.personNotice${basePath}`;

/** It stays until it is answered, in every tab, also in those that are opened or reloaded meanwhile. */
export function rememberNotice(notice: PersonNotice, userId: string): void {
  localStorage.setItem(KEY, `${notice} ${userId}`);
}

export function forgetNotice(): void {
  localStorage.removeItem(KEY);
}

/** What this person has still to be told. */
export function noticeFor(userId: string): PersonNotice | null {
  const kept = localStorage.getItem(KEY);
  return kept === `replaced ${userId}` ? 'replaced' : kept === `recovered ${userId}` ? 'recovered' : null;
}

/** Calls back when another tab has something to tell, or was answered: at a message from it, this tab might still see what was before. */
export function onNoticeElsewhere(listener: () => void): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY) {
      listener();
    }
  });
}
