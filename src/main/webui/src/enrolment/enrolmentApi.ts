import type { EnrolmentKey, NewEnrolmentKey } from '../http/contract.gen';
import { request } from '../http/request';
import { withSession } from '../session/sessionStore';

const KEYS = '/api/enrolment-keys';

export function makeKey(body: NewEnrolmentKey): Promise<EnrolmentKey> {
  return withSession(async () => (await request('POST', KEYS, body)) as EnrolmentKey);
}

/** @param owner whose machines come with it; undefined for the person and their teams */
export async function revokeKey(keyId: string, owner: string | undefined): Promise<void> {
  const query = owner === undefined ? '' : `?${new URLSearchParams({ owner })}`;
  await withSession(() => request('DELETE', `${KEYS}/${encodeURIComponent(keyId)}${query}`));
}
