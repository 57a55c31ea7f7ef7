import { servicePath } from '../../http/servicePath';

const SESSION = '/api/sessions/current';
const LONGEST_WAIT = 10_000;

/** The status of the answer to who this is; 0 where none came in time. */
export async function sessionStatus(): Promise<number> {
  const asked = new AbortController();
  const timer = setTimeout(() => asked.abort(), LONGEST_WAIT);
  try {
    return (await fetch(servicePath(SESSION), { cache: 'no-store', signal: asked.signal })).status;
  } catch {
    return 0;
  } finally {
    clearTimeout(timer);
  }
}
