import type { ApiToken, NewApiToken } from '../http/contract.gen';
import { request } from '../http/request';
import { withSession } from '../session/sessionStore';

const TOKENS = '/api/tokens';

export function makeToken(body: NewApiToken): Promise<ApiToken> {
  return withSession(async () => (await request('POST', TOKENS, body)) as ApiToken);
}

export async function revokeToken(tokenId: string): Promise<void> {
  await withSession(() => request('DELETE', `${TOKENS}/${encodeURIComponent(tokenId)}`));
}
