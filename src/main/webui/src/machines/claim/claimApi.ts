import { isStatus, request } from '../../http/request';
import { withSession } from '../../session/sessionStore';
import { getMachine } from '../machineApi';
import type { MachineDetails } from '../types';
import type { Claim } from './claimLink';

/** Registers the machine as one's own. The answer has no token: the machine has it already. */
export async function claimMachine(claim: Claim, name: string): Promise<void> {
  await withSession(() => request('POST', '/api/machines', { name, ...claim }));
}

/** Null for a machine that nobody has, or somebody whose machines this person does not see. */
export async function findMachine(machineId: string, signal: AbortSignal): Promise<MachineDetails | null> {
  try {
    return await getMachine(machineId, signal);
  } catch (failure) {
    if (isStatus(failure, 404)) {
      return null;
    }
    throw failure;
  }
}
