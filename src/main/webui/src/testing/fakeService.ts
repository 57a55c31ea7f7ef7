import type { Machine, Problem } from '../http/contract.gen';
import type { MachineDetails } from '../machines/types';

export type Answer = [status: number, body?: unknown, headers?: Record<string, string>];
type Handler = (body: unknown) => Answer | Promise<Answer>;

/** Answers the page's requests: each as `METHOD path`, and each may be changed by the test. */
export class FakeService {
  readonly asked: string[] = [];
  readonly answers: Record<string, Handler> = {
    'GET /api/address?at=http%3A%2F%2Flocalhost%3A3000': () => [200, { url: 'http://localhost:3000', seen: 'http://localhost:3000' }],
    'GET /q/info': () => [200, { build: { name: 'machine-registry', version: '1.2.3' }, alerts: { configured: true }, agent: { version: 'agent.sh 1.4' } }],
    'GET /api/sessions/current': () => [200, { userId: 'ada', expiresAt: Date.now() + 1e9, anonymous: true }],
    'POST /api/sessions': () => [201, { userId: 'ada', token: 'jwt', expiresAt: Date.now() + 1e9, anonymous: true }],
    'DELETE /api/sessions/current': () => [204],
  };

  constructor() {
    vi.stubGlobal('fetch', async (path: string, { method = 'GET', body, signal }: { method?: string; body?: string; signal?: AbortSignal } = {}) => {
      const request = `${method} ${path}`;
      this.asked.push(request);
      const answered = this.answers[request]?.(body && JSON.parse(body)) ?? problem(404, 'There is nothing here.');
      const [status, answer, headers = {}] = await (signal ? Promise.race([answered, aborted(signal)]) : answered);
      return new Response(status === 204 ? null : JSON.stringify(answer), { status, headers });
    });
  }

  /** The details of a machine, and what it told. */
  knows(machine: Machine, told: Partial<MachineDetails> = {}): void {
    const unknown = { createdAt: 1_000, rootDirectory: null, hostname: null, os: null, agentVersion: null, alertAfterSeconds: null };
    this.answers[`GET /api/machines/${machine.machineId}`] = () => [200, { ...machine, ...unknown, ...told }];
  }
}

/** What never answers, as behind a connection that died unnoticed. */
export const silence = (): Promise<Answer> => new Promise(() => undefined);

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError'))));
}

export function problem(status: number, detail: string, more: Partial<Problem> & { signInUrl?: string; setting?: string } = {}, headers = {}): Answer {
  return [status, { type: 'about:blank', title: 'Problem', status, detail, ...more }, headers];
}
