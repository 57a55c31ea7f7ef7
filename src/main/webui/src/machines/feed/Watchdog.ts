/** Two intervals of the stream's `alive`, and a bit. */
const LONGEST_SILENCE = 35_000;

const TICK = 1_000;
const CLOCKS_APART = 5_000;

interface Alarms {
  /** Nothing was heard for too long. */
  onSilence: () => void;
  /** Only the browser's clock says that nothing was heard for too long. */
  onGap: () => void;
}

/**
 * Notices when nothing is heard any more. Timers stand still while a computer sleeps, and in some browsers `performance.now()`
 * does too; the browser's clock goes on, but may also be set by somebody. So the one is believed, and the other is a reason to look.
 */
export class Watchdog {
  #timer: ReturnType<typeof setInterval> | undefined;
  #heardAt = { steady: 0, wall: 0 };
  readonly #alarms: Alarms;

  constructor(alarms: Alarms) {
    this.#alarms = alarms;
  }

  start(): void {
    this.stop();
    this.hear();
    this.#timer = setInterval(() => this.check(), TICK);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  hear(): void {
    this.#heardAt = { steady: performance.now(), wall: Date.now() };
  }

  check(): void {
    if (this.#timer === undefined) {
      return;
    }
    const steady = performance.now() - this.#heardAt.steady;
    const wall = Date.now() - this.#heardAt.wall;
    if (steady >= LONGEST_SILENCE) {
      this.#alarms.onSilence();
    } else if (wall >= LONGEST_SILENCE && wall - steady >= CLOCKS_APART) {
      this.#alarms.onGap();
    }
  }
}
