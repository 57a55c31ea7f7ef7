import type { Problem } from './contract.gen';
import { servicePath } from './servicePath';

/** The service's answer was an error; `problem` is its body. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
  }

  /** What is wrong with this field, in the service's words. */
  violationOf(field: string): string | undefined {
    return this.problem.violations?.find((violation) => violation.field === field)?.message;
  }
}

/** No answer came. */
export class UnreachableError extends Error {
  constructor() {
    super('The service cannot be reached. Check your connection and try again.');
    this.name = 'UnreachableError';
  }
}

export function isStatus(error: unknown, status: number): error is ProblemError {
  return error instanceof ProblemError && error.problem.status === status;
}

export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('Something went wrong.');
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** @throws ProblemError, UnreachableError */
export async function request(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<unknown> {
  const response = await send(method, path, body, signal);
  if (!response.ok) {
    throw new ProblemError(await problemOf(response));
  }
  return response.status === 204 ? undefined : response.json();
}

async function send(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(servicePath(path), {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (failure) {
    throw signal?.aborted ? failure : new UnreachableError();
  }
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    // A proxy in between answers in its own words.
    const { status, statusText } = response;
    return { type: 'about:blank', title: statusText, status, detail: `The service answered with ${status} ${statusText}.` };
  }
}
