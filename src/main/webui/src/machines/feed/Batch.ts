import type { Machine } from '../../http/contract.gen';

const PACE = 100;

/** Gathers changes: a single one goes out at once, many go out together, at most ten times a second. */
export class Batch {
  #pending = new Map<string, Machine | null>();
  #pause: ReturnType<typeof setTimeout> | undefined;
  readonly #send: (changed: Machine[], removed: string[]) => void;

  constructor(send: (changed: Machine[], removed: string[]) => void) {
    this.#send = send;
  }

  /** A null machine is one that was removed. */
  add(machineId: string, machine: Machine | null): void {
    this.#pending.set(machineId, machine);
    if (this.#pause === undefined) {
      this.#flush();
    }
  }

  clear(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#pending.clear();
  }

  #flush(): void {
    const all = [...this.#pending];
    this.#pending.clear();
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#pending.size > 0) {
        this.#flush();
      }
    }, PACE);
    this.#send(
      all.flatMap(([, machine]) => machine ?? []),
      all.flatMap(([machineId, machine]) => (machine ? [] : machineId)),
    );
  }
}
