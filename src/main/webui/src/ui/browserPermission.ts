import { Observable } from './observable';

/** Whether this browser may show alerts; a browser that cannot is one that may not. */
export const browserPermission = new Observable<NotificationPermission>('Notification' in window ? Notification.permission : 'denied');

let cannotShow = false;

/** Whether it may at this moment: people change their minds in the browser's settings, too. */
export function mayNotify(): boolean {
  return !cannotShow && 'Notification' in window && Notification.permission === 'granted';
}

/** Takes the place of a notification with the same tag, where there is one. */
export function notify(text: string, tag: string): void {
  try {
    new Notification(text, { tag });
  } catch {
    // Chrome on Android asks for permission, is granted it, and refuses every notification that a page makes.
    cannotShow = true;
  }
}

export async function askBrowser(): Promise<void> {
  browserPermission.set(await Notification.requestPermission());
}
