import { Observable } from '../../ui/observable';

/** Whether this browser may show alerts; a browser that cannot is one that may not. */
export const browserPermission = new Observable<NotificationPermission>('Notification' in window ? Notification.permission : 'denied');

/** Whether it may at this moment: people change their minds in the browser's settings, too. */
export function mayNotify(): boolean {
  return 'Notification' in window && Notification.permission === 'granted';
}

export async function askBrowser(): Promise<void> {
  browserPermission.set(await Notification.requestPermission());
}
