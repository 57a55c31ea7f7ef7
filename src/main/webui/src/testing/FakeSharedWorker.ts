import type { FeedCommand, FeedMessage } from '../machines/feed/messages';

/** A worker that hears a tab and says what the test says. */
export class FakeSharedWorker {
  static readonly all: FakeSharedWorker[] = [];

  readonly heard: FeedCommand[] = [];
  onerror: (() => void) | undefined;
  readonly port = {
    onmessage: undefined as ((event: { data: FeedMessage }) => void) | undefined | null,
    postMessage: (command: FeedCommand) => this.heard.push(command),
    close: () => undefined,
  };

  constructor(_script: URL, readonly options: { name: string }) {
    FakeSharedWorker.all.push(this);
  }

  static at(index: number): FakeSharedWorker {
    const worker = FakeSharedWorker.all.at(index);
    if (!worker) {
      throw new Error('No worker was called');
    }
    return worker;
  }

  says(message: FeedMessage): void {
    this.port.onmessage?.({ data: message });
  }
}
