import type { FeedCommand, FeedMessage, StreamState } from './messages';
import { Watchdog } from './Watchdog';

const QUIET = 1_000;

/**
 * The stream of one SharedWorker, that all tabs share. The worker can end without a word, as with the tab in whose process it ran;
 * one that says nothing any more is therefore called again, which starts another where there is none.
 */
export class SharedFeed {
  #port: MessagePort;
  #unanswered: ReturnType<typeof setTimeout> | undefined;
  #state: StreamState | undefined;
  readonly #receive: (message: FeedMessage) => void;
  readonly #onFailure: () => void;
  readonly #name: string;
  // A clock that was set, or a computer that slept, is the worker's business.
  readonly #watchdog = new Watchdog({ onSilence: () => this.#callAgain(), onGap: () => undefined });

  /**
   * @param owner whose machines are watched
   * @param userId who watches: a worker is shared by tabs of one person that show the same owner's machines, and by no others
   * @param onFailure there can be no worker
   */
  constructor(owner: string, userId: string, receive: (message: FeedMessage) => void, onFailure: () => void) {
    this.#name = JSON.stringify([owner, userId]);
    this.#receive = receive;
    this.#onFailure = onFailure;
    this.#port = this.#call();
  }

  retry(): void {
    this.#send('retry');
  }

  /** Leaves, for good: nothing is received any more. */
  end(): void {
    this.#watchdog.stop();
    clearTimeout(this.#unanswered);
    this.#send('leave');
    this.#port.onmessage = null;
    this.#port.close();
  }

  #send(command: FeedCommand): void {
    this.#port.postMessage(command);
  }

  #call(): MessagePort {
    const worker = new SharedWorker(new URL('./feed.worker.ts', import.meta.url), { type: 'module', name: this.#name });
    worker.onerror = () => {
      this.#watchdog.stop();
      this.#onFailure();
    };
    worker.port.onmessage = ({ data }: MessageEvent<FeedMessage>) => {
      clearTimeout(this.#unanswered);
      this.#watchdog.hear();
      this.#state = 'state' in data ? data.state : this.#state;
      this.#receive(data);
    };
    worker.port.postMessage('join' satisfies FeedCommand);
    this.#watchdog.start();
    return worker.port;
  }

  // A tab that stood still finds a worker that is well, and has nothing to say.
  #callAgain(): void {
    this.#send('leave');
    this.#port.close();
    this.#port = this.#call();
    this.#unanswered = setTimeout(() => this.#lose(), QUIET);
  }

  #lose(): void {
    if (this.#state) {
      this.#receive({ type: 'state', state: { ...this.#state, connection: 'lost' } });
    }
  }
}
