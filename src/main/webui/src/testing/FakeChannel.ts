import { act } from '@testing-library/react';

/** The page's own end of its channel to other tabs. Pages of earlier tests would be other tabs of a real one, and are still there. */
export class FakeChannel {
  static latest: FakeChannel | undefined;
  onmessage: ((event: MessageEvent) => void) | null = null;

  constructor() {
    FakeChannel.latest = this;
  }

  postMessage(): void {
    // There is no other tab.
  }
}

/** What another tab says is heard, and what follows from it has happened. */
export async function fromAnotherTab(data: object): Promise<void> {
  await act(async () => FakeChannel.latest?.onmessage?.(new MessageEvent('message', { data })));
}
