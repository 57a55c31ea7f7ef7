import { Observable } from '../../ui/observable';
import type { Machine } from '../types';
import { absenceSince, type Absence } from './absence';
import { lastLookOf, rememberLook, type LastLook } from './lastLooks';

// Shorter than that, nobody was away.
export const SHORTEST = 60_000;
// A tab that stood still hears late of what happened meanwhile.
const SETTLES = 3_000;

/** Knows when somebody looks at a live list, and what changed while nobody did. All times are by the service's clock. */
export class AwayWatch {
  readonly absence = new Observable<Absence | undefined>(undefined);
  #list: string | undefined;
  #looks = false;
  #before: LastLook | undefined;
  /** When the list was first seen after somebody came; undefined until it is. */
  #seenAt: number | undefined;
  /** The newest change that was seen. */
  #change = 0;

  /**
   * Somebody looks at the page, whose list may still be on its way.
   *
   * @param list whose list, and who looks at it
   * @returns whether it is another than before
   */
  come(list: string): boolean {
    const isOther = list !== this.#list;
    if (isOther) {
      this.absence.set(undefined);
      this.#change = 0;
    }
    this.#list = list;
    this.#looks = true;
    this.#before = lastLookOf(list);
    this.#seenAt = undefined;
    return isOther;
  }

  see(machines: readonly Machine[], now: number): void {
    if (!this.#looks) {
      return;
    }
    const isFirst = this.#seenAt === undefined;
    const seenAt = (this.#seenAt ??= now);
    if (this.#before && now - seenAt <= SETTLES && seenAt - this.#before.at >= SHORTEST) {
      // What was told the time before and not dismissed stays, where nothing more has changed.
      this.absence.set(absenceSince(this.#before, machines, seenAt) ?? this.absence.get());
    }
    this.#change = machines.reduce((latest, { statusSince }) => Math.max(latest, statusSince), this.#change);
    if (isFirst) {
      this.stay(now);
    }
  }

  /** Somebody still looks at a live list. */
  stay(now: number): void {
    if (this.#looks && this.#list !== undefined && this.#seenAt !== undefined) {
      rememberLook(this.#list, { at: now, change: this.#change });
    }
  }

  /** The list is not live: one that somebody saw a moment ago, as after a computer's sleep, was not either. */
  lose(now: number): void {
    if (this.#seenAt !== undefined && now - this.#seenAt < SHORTEST) {
      this.#seenAt = undefined;
    }
  }

  /** Nobody looks any more. @param asOf when the list was true */
  leave(asOf: number): void {
    this.stay(asOf);
    this.#looks = false;
  }

  dismiss(): void {
    this.#before = undefined;
    this.absence.set(undefined);
  }
}
