import { ProblemError } from '../http/request';

const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;

/** How long to wait before trying again: as long as the service asks for, where it does, and a little more, because all who were refused come back. */
export function waitAfter(error: unknown, attempt: number): number {
  if (error instanceof ProblemError && error.retryAfter !== undefined) {
    return (error.retryAfter + Math.random()) * 1_000;
  }
  return Math.min(LAST_RETRY, FIRST_RETRY * 2 ** attempt) * (0.5 + Math.random() / 2);
}
