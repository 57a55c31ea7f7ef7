/** The service's time. Until the service has told it, the browser's clock is all there is. */
export class ServiceClock {
  #told: { time: number; at: number } | undefined;

  /** @param time what the time is at the service right now */
  learn(time: number): void {
    this.#told = { time, at: performance.now() };
  }

  get isTold(): boolean {
    return this.#told !== undefined;
  }

  // A person may set the browser's clock at any moment. What passed since the service told the time is counted by a clock that
  // nobody can set.
  now(): number {
    return this.#told ? this.#told.time + performance.now() - this.#told.at : Date.now();
  }
}
