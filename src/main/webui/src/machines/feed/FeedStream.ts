import type { Alive, Away, Back, Machine, RemovedMachine } from '../../http/contract.gen';
import { servicePath } from '../../http/servicePath';
import { ME } from '../../teams/owners';
import { Watchdog } from './Watchdog';

const EVENTS = '/api/machines/events';

/** What a stream says, and what becomes of it. */
interface StreamListener {
  onSnapshot: (machines: Machine[]) => void;
  /** A null machine is one that was removed. */
  onChange: (machineId: string, machine: Machine | null) => void;
  /** The time at the service is told. */
  onTime: (now: number) => void;
  /** The service cannot reach its database since then; undefined as soon as it can. */
  onAway: (since: number | undefined) => void;
  /** Whatever the stream said is dealt with. */
  onHeard: () => void;
  onError: () => void;
  /** Nothing was heard for too long. */
  onSilence: () => void;
  /** Only the browser's clock says that nothing was heard for too long. */
  onGap: () => void;
}

/** The EventSource of the moment. No browser notices a connection that died without a close, so a watchdog does. */
export class FeedStream {
  /** Whose machines the next stream tells of. */
  owner = ME;
  #source: EventSource | undefined;
  readonly #listener: StreamListener;
  readonly #watchdog: Watchdog;

  constructor(listener: StreamListener) {
    this.#listener = listener;
    this.#watchdog = new Watchdog(listener);
  }

  get isOpen(): boolean {
    return this.#source !== undefined;
  }

  open(): void {
    this.close();
    this.#source = new EventSource(servicePath(this.owner === ME ? EVENTS : `${EVENTS}?${new URLSearchParams({ owner: this.owner })}`));
    this.#listen(this.#source);
    this.#watchdog.start();
  }

  close(): void {
    this.#watchdog.stop();
    this.#source?.close();
    this.#source = undefined;
  }

  /** Timers may have stood still: the watchdog looks now. */
  check(): void {
    this.#watchdog.check();
  }

  #listen(source: EventSource): void {
    const { onSnapshot, onChange, onTime, onAway, onHeard, onError } = this.#listener;
    let saidHowThingsAre = false;
    let sentSnapshot = false;
    const on = <T>(event: string, take: (data: T) => void) =>
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        take(JSON.parse(data) as T);
        // A stream that never shows a list is as good as dead, however alive it says that it is.
        if (saidHowThingsAre) {
          this.#watchdog.hear();
          onHeard();
        }
      });

    on<Machine[]>('snapshot', (machines) => {
      saidHowThingsAre = true;
      sentSnapshot = true;
      onSnapshot(machines);
    });
    on<Machine>('machine', (machine) => onChange(machine.machineId, machine));
    on<RemovedMachine>('removed', ({ machineId }) => onChange(machineId, null));
    on<Alive>('alive', ({ now }) => onTime(now));
    on<Away>('away', ({ since }) => {
      saidHowThingsAre = true;
      onAway(since);
    });
    on<Back>('back', ({ now }) => {
      onTime(now);
      // What is shown may be from an earlier stream. Then only a snapshot makes it true again.
      if (sentSnapshot) {
        onAway(undefined);
      }
    });
    source.onerror = onError;
  }
}
