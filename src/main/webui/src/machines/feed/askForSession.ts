import { retryAfterOf } from '../../http/request';
import { servicePath } from '../../http/servicePath';

const SESSION = '/api/sessions/current';
const LONGEST_WAIT = 10_000;

export interface SessionAnswer {
  /** 0 where no answer came in time. */
  status: number;
  /** Seconds after which it is worth to ask again, where the answer says so. */
  retryAfter?: number | undefined;
}

/** Whether there is a session that a stream could be opened with. */
export async function askForSession(): Promise<SessionAnswer> {
  const asked = new AbortController();
  const timer = setTimeout(() => asked.abort(), LONGEST_WAIT);
  try {
    const response = await fetch(servicePath(SESSION), { cache: 'no-store', signal: asked.signal });
    return { status: response.status, retryAfter: retryAfterOf(response) };
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
}
