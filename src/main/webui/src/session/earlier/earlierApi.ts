import type { EarlierMachines } from '../../http/contract.gen';
import { request } from '../../http/request';

const PATH = '/api/sessions/earlier-machines';

/** How many machines the person had in this browser before signing in; none where nobody knows it any more. */
export async function countEarlier(): Promise<number> {
  return ((await request('GET', PATH)) as EarlierMachines).machines;
}

/** The machines are the person's from then on. */
export async function bringAlong(): Promise<void> {
  await request('POST', PATH);
}

/** Nobody is asked again. */
export async function leaveBehind(): Promise<void> {
  await request('DELETE', PATH);
}
