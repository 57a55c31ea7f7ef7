import type { Machine } from '../../http/contract.gen';
import { waitAsAsked } from '../../http/retryWait';
import { ServiceClock } from '../../ui/serviceClock';
import { askForSession, type SessionAnswer } from './askForSession';
import { Batch } from './Batch';
import { FeedStream } from './FeedStream';
import type { Connection, FeedMessage, StreamState } from './messages';

const FIRST_RETRY = 500;
const LAST_RETRY = 30_000;
const QUIET = 1_000;

const WELL = { failures: 0, refusal: undefined, awaySince: undefined } as const;

/**
 * The one stream of live changes. A browser gives up on an EventSource after some errors, and never says which it was; so each
 * error ends the EventSource, and after a back-off the session is looked at before a new one is opened. A stream that fell silent
 * ends in the same way, without the back-off.
 */
export class FeedConnection {
  #retry: ReturnType<typeof setTimeout> | undefined;
  #machines: Map<string, Machine> | undefined;
  #state: StreamState = { connection: 'connecting', ...WELL, heardAt: undefined };
  #attempt = 0;
  readonly #clock = new ServiceClock();
  readonly #emit: (message: FeedMessage) => void;
  readonly #batch = new Batch((changed, removed) => this.#emit({ type: 'changes', changed, removed }));
  readonly #stream = new FeedStream({
    onSnapshot: (machines) => this.#snapshot(machines),
    onChange: (machineId, machine) => this.#change(machineId, machine),
    onTime: (now) => this.#learn(now),
    onAway: (awaySince) => this.#say({ connection: 'live', ...WELL, awaySince }),
    onHeard: () => this.#hear(),
    onError: () => this.#lose(),
    onSilence: () => {
      this.#lose();
      this.retry();
    },
    onGap: () => this.#openQuietly(),
  });

  constructor(emit: (message: FeedMessage) => void) {
    this.#emit = emit;
  }

  /** What a tab that comes later has to know. */
  present(): FeedMessage[] {
    const machines = this.#machines && [...this.#machines.values()];
    return [...this.#time(), machines ? { type: 'snapshot', machines, state: this.#state } : this.state()];
  }

  state(): FeedMessage {
    return { type: 'state', state: this.#state };
  }

  get isOpen(): boolean {
    return this.#stream.isOpen;
  }

  /** Whether nothing is done to open a stream, now or later. */
  get isStopped(): boolean {
    return !this.isOpen && this.#state.connection === 'connecting';
  }

  /** Whose machines the next stream tells of. */
  set owner(owner: string) {
    this.#stream.owner = owner;
  }

  /** Forgets what another user may have left here, and starts anew. */
  restart(): void {
    this.stop();
    this.#stream.open();
  }

  /** Somebody looks at the list: a stream that is lost or stopped comes back now, and one that is open must not be dead. */
  retry(): void {
    if (this.isOpen && this.#state.connection !== 'lost') {
      this.#stream.check();
    } else {
      this.#close();
      void this.#comeBack(this.#attempt);
    }
  }

  /** Nobody looks at the list: the stream ends until a retry. */
  pause(): void {
    this.stop('lost');
  }

  /** Whoever still listens must not take the list that they have for a live one. */
  stop(connection: Connection = 'connecting'): void {
    this.#close();
    this.#batch.clear();
    this.#machines = undefined;
    this.#say({ connection, ...WELL });
  }

  #close(): void {
    this.#attempt++;
    clearTimeout(this.#retry);
    this.#stream.close();
  }

  #snapshot(machines: Machine[]): void {
    this.#machines = new Map(machines.map((machine) => [machine.machineId, machine]));
    this.#batch.clear();
    this.#state = { ...this.#state, connection: 'live', ...WELL };
    this.#emit({ type: 'snapshot', machines, state: this.#state });
  }

  #change(machineId: string, machine: Machine | null): void {
    if (machine) {
      this.#machines?.set(machineId, machine);
    } else {
      this.#machines?.delete(machineId);
    }
    this.#batch.add(machineId, machine);
  }

  #hear(): void {
    clearTimeout(this.#retry);
    this.#state = { ...this.#state, heardAt: this.#clock.now() };
  }

  #learn(now: number): void {
    this.#clock.learn(now);
    this.#time().forEach(this.#emit);
  }

  // A computer that slept, or a clock that was set: a stream that opens well tells, and only the first is worth a word.
  #openQuietly(): void {
    this.#close();
    this.#stream.open();
    this.#retry = setTimeout(() => this.#say({ connection: 'lost' }), QUIET);
  }

  #lose({ status, retryAfter }: SessionAnswer = { status: 0 }): void {
    this.#close();
    const attempt = this.#attempt;
    const { failures } = this.#state;
    const delay =
      retryAfter === undefined ? Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures) * (0.5 + Math.random()) : waitAsAsked(retryAfter);
    this.#say({ connection: 'lost', failures: failures + 1, refusal: status === 0 ? undefined : status });
    this.#retry = setTimeout(() => void this.#comeBack(attempt), delay);
  }

  async #comeBack(attempt: number): Promise<void> {
    const answer = await askForSession();
    // Meanwhile somebody else may have restarted or stopped the stream.
    if (attempt !== this.#attempt) {
      return;
    }
    if (answer.status === 200) {
      this.#stream.open();
    } else if (answer.status === 401) {
      this.#say({ connection: 'unauthorized' });
    } else {
      this.#lose(answer);
    }
  }

  #say(change: Partial<StreamState> & { connection: Connection }): void {
    this.#state = { ...this.#state, ...change };
    this.#emit(this.state());
  }

  #time(): FeedMessage[] {
    return this.#clock.isTold ? [{ type: 'time', now: this.#clock.now(), sentAt: Date.now() }] : [];
  }
}
