import { ProblemError } from './request';

const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;
// Longer, and nobody would believe the page that it goes on by itself.
const LONGEST_WISH = 300;

/** How long to wait before trying again: as long as the service asks for, where it does, and a little more, because all who were refused come back. */
export function waitAfter(error: unknown, attempt: number): number {
  if (error instanceof ProblemError && error.retryAfter !== undefined) {
    return waitAsAsked(error.retryAfter);
  }
  return Math.min(LAST_RETRY, FIRST_RETRY * 2 ** attempt) * (0.5 + Math.random() / 2);
}

/** @param seconds what an answer asks to wait; all who were refused come back, and not in the same moment */
export function waitAsAsked(seconds: number): number {
  return (Math.min(LONGEST_WISH, seconds) + Math.random()) * 1_000;
}
