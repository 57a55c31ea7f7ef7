import { fireEvent, screen } from '@testing-library/react';

/** Whether the browser would ask before the page is reloaded. */
export function asksBeforeReload(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

/** What a browser tells the dialog when somebody presses Escape. */
export function pressEscape(): void {
  fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
}
