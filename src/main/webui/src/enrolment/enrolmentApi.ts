import type { EnrolmentKey, NewEnrolmentKey } from '../http/contract.gen';
import { request } from '../http/request';
import { withSession } from '../session/sessionStore';

const KEYS = '/api/enrolment-keys';

export function makeKey(body: NewEnrolmentKey): Promise<EnrolmentKey> {
  return withSession(async () => (await request('POST', KEYS, body)) as EnrolmentKey);
}

/** @param owner whose machines come with it: administrators may revoke anybody's, and have to say so */
export async function revokeKey(keyId: string, owner: string): Promise<void> {
  await withSession(() => request('DELETE', `${KEYS}/${encodeURIComponent(keyId)}?${new URLSearchParams({ owner })}`));
}
