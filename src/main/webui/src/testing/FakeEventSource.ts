/** The events of the stream. */
export type FeedEvent = 'snapshot' | 'machine' | 'removed' | 'alive' | 'away' | 'back';

/** A stream whose events the test sends. */
export class FakeEventSource extends EventTarget {
  static readonly all: FakeEventSource[] = [];

  onerror: (() => void) | null = null;
  closed = false;

  constructor(readonly url: string) {
    super();
    FakeEventSource.all.push(this);
  }

  static get latest(): FakeEventSource {
    const source = FakeEventSource.all.at(-1);
    if (!source) {
      throw new Error('No stream was opened');
    }
    return source;
  }

  send(event: FeedEvent, data: unknown): void {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }

  fail(): void {
    this.onerror?.();
  }

  close(): void {
    this.closed = true;
  }
}
