import type { Machine, RemovedMachine } from '../../http/contract.gen';
import { Batch } from './Batch';
import type { Connection, FeedMessage } from './messages';

const EVENTS = '/api/machines/events';
const SESSION = '/api/sessions/current';
const FIRST_RETRY = 500;
const LAST_RETRY = 30_000;

/**
 * The one stream of live changes. A browser gives up on an EventSource after some errors, and never says which it was; so each
 * error ends the EventSource, and after a back-off the session is looked at before a new one is opened.
 */
export class FeedConnection {
  #source: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #machines: Map<string, Machine> | undefined;
  #connection: Connection = 'connecting';
  #failures = 0;
  #attempt = 0;
  readonly #emit: (message: FeedMessage) => void;
  readonly #batch = new Batch((changed, removed) => this.#emit({ type: 'changes', changed, removed }));

  constructor(emit: (message: FeedMessage) => void) {
    this.#emit = emit;
  }

  /** What a tab that comes later has to know. */
  present(): FeedMessage[] {
    const connection = this.#connectionMessage();
    return this.#machines ? [{ type: 'snapshot', machines: [...this.#machines.values()] }, connection] : [connection];
  }

  get isOpen(): boolean {
    return this.#source !== undefined;
  }

  open(): void {
    this.#close();
    const source = new EventSource(EVENTS);
    this.#source = source;
    source.addEventListener('snapshot', ({ data }: MessageEvent<string>) => this.#snapshot(data));
    source.addEventListener('machine', ({ data }: MessageEvent<string>) => {
      const machine = JSON.parse(data) as Machine;
      this.#change(machine.machineId, machine);
    });
    source.addEventListener('removed', ({ data }: MessageEvent<string>) => {
      this.#change((JSON.parse(data) as RemovedMachine).machineId, null);
    });
    source.onerror = () => this.#lose();
  }

  /** Forgets what another user may have left here, and starts anew. */
  restart(): void {
    this.stop();
    this.#say('connecting');
    this.open();
  }

  retry(): void {
    if (!this.#source && this.#connection !== 'live') {
      this.#close();
      void this.#comeBack(this.#attempt);
    }
  }

  stop(): void {
    this.#close();
    this.#batch.clear();
    this.#machines = undefined;
    this.#failures = 0;
  }

  #close(): void {
    this.#attempt++;
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
  }

  #snapshot(data: string): void {
    const machines = JSON.parse(data) as Machine[];
    this.#machines = new Map(machines.map((machine) => [machine.machineId, machine]));
    this.#failures = 0;
    this.#batch.clear();
    this.#emit({ type: 'snapshot', machines });
    this.#say('live');
  }

  #change(machineId: string, machine: Machine | null): void {
    if (machine) {
      this.#machines?.set(machineId, machine);
    } else {
      this.#machines?.delete(machineId);
    }
    this.#batch.add(machineId, machine);
  }

  #lose(): void {
    this.#close();
    const attempt = this.#attempt;
    const delay = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.#failures++) * (0.5 + Math.random());
    this.#say('lost');
    this.#retry = setTimeout(() => void this.#comeBack(attempt), delay);
  }

  async #comeBack(attempt: number): Promise<void> {
    const status = await sessionStatus();
    // Meanwhile somebody else may have restarted or stopped the stream.
    if (attempt !== this.#attempt) {
      return;
    }
    if (status === 200) {
      this.open();
    } else if (status === 401) {
      this.#say('unauthorized');
    } else {
      this.#lose();
    }
  }

  #say(connection: Connection): void {
    this.#connection = connection;
    this.#emit(this.#connectionMessage());
  }

  #connectionMessage(): FeedMessage {
    return { type: 'connection', connection: this.#connection, failures: this.#failures };
  }
}

async function sessionStatus(): Promise<number> {
  try {
    return (await fetch(SESSION, { cache: 'no-store' })).status;
  } catch {
    return 0;
  }
}
