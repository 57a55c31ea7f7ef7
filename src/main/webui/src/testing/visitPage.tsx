import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { onTestFinished } from 'vitest';

import type { Machine } from '../http/contract.gen';
import { FakeEventSource, type FeedEvent } from './FakeEventSource';
import { FakeService } from './fakeService';

/** Opens the page, as if nobody had opened it before, and ends when it has asked for its session. */
export async function visitPage(service = new FakeService()) {
  vi.resetModules();
  const { App } = await import('../App');
  const { openPage } = await import('../session/recovery/recoveryStore');
  const { leaveFeed } = await import('../machines/store/machineStore');
  // Its watchdog would open a stream of its own in the middle of a later test.
  onTestFinished(leaveFeed);
  render(<App />);
  await act(() => openPage());
  return { service, user: userEvent.setup() };
}

/** Opens the page on these machines. */
export async function visitMachines(machines: Machine[], service = new FakeService()) {
  const visit = await visitPage(service);
  await waitFor(() => {
    // Each stream begins with one, and the page may open another: what other tabs say of the session is heard late.
    sendEvent('snapshot', machines);
    expect(screen.queryByText('Loading your machines…')).not.toBeInTheDocument();
  });
  return visit;
}

export function sendEvent(event: FeedEvent, data: unknown): void {
  act(() => FakeEventSource.latest.send(event, data));
}
