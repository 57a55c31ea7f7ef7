import type { ChangeMachine, CreateMachine, RotateToken, StatusHistory } from '../http/contract.gen';
import { isStatus, request, requestPage, type Page } from '../http/request';
import { withSession } from '../session/sessionStore';
import { ME } from '../teams/owners';
import type { Machine, MachineDetails, MachineRegistration } from './types';

const MACHINES = '/api/machines';
const CONFLICT = 409;

// As many as the service lists in one answer.
const PAGE = 1_000;

/** As many machines as an owner may have, where the service is not configured otherwise; whoever finds more has to say more. */
export const MOST_FOUND = 10_000;

/** The ids of machines that the service finds. */
interface Found {
  machineIds: ReadonlySet<string>;
  /** `partial` where there are more than the page asks for, `failed` where it could not ask for those that follow. */
  state: 'answered' | 'partial' | 'failed';
}

/**
 * Registers a machine whose id was made for this one alone. Where it is there already, an earlier answer was lost on the way: it gets the
 * name that it shall have by now, and a token that somebody sees; but not where it has connected, with a token from elsewhere.
 */
export async function createMachine(body: CreateMachine & { machineId: string }): Promise<MachineRegistration> {
  try {
    return await withSession(async () => (await request('POST', MACHINES, body)) as MachineRegistration);
  } catch (thrown) {
    if (!isStatus(thrown, CONFLICT)) {
      throw thrown;
    }
    const there = (await request('GET', pathOf(body.machineId))) as MachineDetails;
    if (there.offlineReason !== 'never_connected') {
      throw new Error('This machine is in your list already, and has connected. Its details make a new token.');
    }
    await changeMachine(body.machineId, { name: body.name });
    return rotateToken(body.machineId, { revokeOld: true });
  }
}

/** This owner's machines whose name, host name or id has this text. */
export function findMachines(text: string, owner: string, signal: AbortSignal): Promise<Found> {
  return find({ q: text }, owner, signal);
}

/** The machines whose status changed five times within an hour. */
export function findFlapping(owner: string): Promise<Found> {
  return find({ flapping: 'true' }, owner);
}

async function find(filter: Record<string, string>, owner: string, signal?: AbortSignal): Promise<Found> {
  const first = { ...filter, limit: String(PAGE), ...(owner !== ME && { owner }) };
  const machineIds = new Set<string>();
  let query: string | undefined = new URLSearchParams(first).toString();
  for (let pages = 0; query !== undefined && pages < MOST_FOUND / PAGE; pages++) {
    const page: Page | undefined = await requestPage(`${MACHINES}?${query}`, signal).catch((failure: unknown) => {
      if (pages === 0 || signal?.aborted) {
        throw failure;
      }
      return undefined;
    });
    if (!page) {
      return { machineIds, state: 'failed' };
    }
    (page.answer as Machine[]).forEach(({ machineId }) => machineIds.add(machineId));
    query = page.next;
  }
  return { machineIds, state: query === undefined ? 'answered' : 'partial' };
}

export function getMachine(machineId: string, signal: AbortSignal): Promise<MachineDetails> {
  return withSession(async () => (await request('GET', pathOf(machineId), undefined, signal)) as MachineDetails);
}

export function getHistory(machineId: string, signal: AbortSignal): Promise<StatusHistory> {
  return withSession(async () => (await request('GET', `${pathOf(machineId)}/history`, undefined, signal)) as StatusHistory);
}

/** Asks the machine itself, over the connection that it keeps. */
export function pingMachine(machineId: string): Promise<{ roundTripMillis: number }> {
  return withSession(async () => (await request('POST', `${pathOf(machineId)}/ping`)) as { roundTripMillis: number });
}

export function changeMachine(machineId: string, body: ChangeMachine): Promise<MachineDetails> {
  return withSession(async () => (await request('PATCH', pathOf(machineId), body)) as MachineDetails);
}

export function rotateToken(machineId: string, body: RotateToken): Promise<MachineRegistration> {
  return withSession(async () => (await request('POST', `${pathOf(machineId)}/token`, body)) as MachineRegistration);
}

export async function deleteMachine(machineId: string): Promise<void> {
  await withSession(() => request('DELETE', pathOf(machineId)));
}

function pathOf(machineId: string): string {
  return `${MACHINES}/${encodeURIComponent(machineId)}`;
}
