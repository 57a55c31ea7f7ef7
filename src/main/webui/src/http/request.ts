import type { Problem } from './contract.gen';
import { servicePath } from './servicePath';

export const TOO_MANY_REQUESTS = 429;

/** The service's answer was an error; `problem` is its body. */
export class ProblemError extends Error {
  /** @param retryAfter seconds after which it is worth to try again, where the service says so */
  constructor(
    readonly problem: Problem,
    readonly retryAfter?: number,
  ) {
    super(messageOf(problem, retryAfter));
    this.name = 'ProblemError';
  }

  /** What is wrong with this field, in the service's words. */
  violationOf(field: string): string | undefined {
    return this.problem.violations?.find((violation) => violation.field === field)?.message;
  }
}

/** No answer came. */
class UnreachableError extends Error {
  constructor(message = 'The service cannot be reached. Check your connection and try again.') {
    super(message);
    this.name = 'UnreachableError';
  }
}

function messageOf({ status, detail }: Problem, retryAfter: number | undefined): string {
  if (status !== TOO_MANY_REQUESTS) {
    return detail;
  }
  return `Too many requests. Try again in ${retryAfter === undefined ? 'a minute' : secondsText(retryAfter)}.`;
}

export function secondsText(count: number): string {
  return `${count} second${count === 1 ? '' : 's'}`;
}

export function isStatus(error: unknown, status: number): error is ProblemError {
  return error instanceof ProblemError && error.problem.status === status;
}

export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('Something went wrong.');
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

// The service gives up its own waits, for the database, for a lock or for a machine, after five seconds each.
const LONGEST_WAIT = 20_000;

/** Asks the service, and gives up where the whole answer is not there in time. @throws ProblemError, UnreachableError */
export function request(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<unknown> {
  return exchange(method, path, body, signal, answerOf);
}

/** A page of a list, and the query of the next page where there is one (RFC 8288). The path in a link is the service's own. */
export interface Page {
  answer: unknown;
  next: string | undefined;
}

const NEXT = /\?([^>]*)>; rel="next"/;

/** As `request`, of a list that comes in pages. */
export function requestPage(path: string, signal?: AbortSignal): Promise<Page> {
  return exchange('GET', path, undefined, signal, async (response) => ({
    answer: await answerOf(response),
    next: NEXT.exec(response.headers.get('Link') ?? '')?.[1],
  }));
}

type Reader<T> = (response: Response) => Promise<T>;

async function exchange<T>(method: Method, path: string, body: object | undefined, signal: AbortSignal | undefined, read: Reader<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), LONGEST_WAIT);
  try {
    return await read(await send(method, path, body, signal ? AbortSignal.any([signal, limit.signal]) : limit.signal));
  } catch (failure) {
    if (signal?.aborted || failure instanceof ProblemError) {
      throw failure;
    }
    throw limit.signal.aborted ? new UnreachableError(lateText(method)) : new UnreachableError();
  } finally {
    clearTimeout(timer);
  }
}

function lateText(method: Method): string {
  const late = `The service has not answered for ${secondsText(LONGEST_WAIT / 1_000)}.`;
  return method === 'GET' ? `${late} Try again.` : `${late} It may have done this all the same.`;
}

function send(method: Method, path: string, body: object | undefined, signal: AbortSignal): Promise<Response> {
  return fetch(servicePath(path), {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
}

async function answerOf(response: Response): Promise<unknown> {
  if (!response.ok) {
    throw new ProblemError(await problemOf(response), retryAfterOf(response));
  }
  return response.status === 204 ? undefined : response.json();
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    // A proxy in between answers in its own words.
    const { status, statusText } = response;
    const detail = `The service answered with ${[status, statusText].filter(Boolean).join(' ')}. Try again in a moment.`;
    return { type: 'about:blank', title: statusText, status, detail };
  }
}

/** Seconds after which it is worth to try again. A proxy may name a moment instead; then nobody knows how its clock goes. */
export function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = headers.get('Retry-After');
  return seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) : undefined;
}
