import { Observable } from '../../ui/observable';

/** Whether this browser may show alerts; a browser that cannot is one that may not. */
export const browserPermission = new Observable<NotificationPermission>('Notification' in window ? Notification.permission : 'denied');

export async function askBrowser(): Promise<void> {
  browserPermission.set(await Notification.requestPermission());
}
