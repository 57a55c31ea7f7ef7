import type { BulkResult, ChangeMachines } from '../../http/contract.gen';
import { isStatus, request, toError } from '../../http/request';
import { withSession } from '../../session/sessionStore';
import { changeMachine, deleteMachine } from '../machineApi';
import type { Machine } from '../types';
import type { Target } from './target';

const MACHINES = '/api/machines';
const NOT_FOUND = 404;
const CONFLICT = 409;
const AT_ONCE = 6;

/** What is done with the machines, by a selection and one by one. */
export interface Work {
  many: (query: string, expect: number) => Promise<BulkResult>;
  one: (machineId: string) => Promise<unknown>;
}

export interface Failure {
  machine: Machine;
  reason: string;
}

export interface Outcome {
  done: number;
  failures: readonly Failure[];
}

export function changing(body: ChangeMachines): Work {
  return {
    many: (query, expect) => withSession(async () => (await request('PATCH', pathOf(query, expect), body)) as BulkResult),
    one: (machineId) => changeMachine(machineId, body),
  };
}

export const DELETING: Work = {
  many: (query, expect) => withSession(async () => (await request('DELETE', pathOf(query, expect))) as BulkResult),
  // One that is gone already is what was wanted.
  one: (machineId) => deleteMachine(machineId).catch((thrown: unknown) => (isStatus(thrown, NOT_FOUND) ? undefined : Promise.reject(toError(thrown)))),
};

/**
 * All at once where the service can select them, and all or none of them; else one by one, a few at a time, and each by itself.
 *
 * @param onProgress with how many have been asked for
 */
export async function perform(target: Target, work: Work, onProgress: (asked: number) => void): Promise<Outcome> {
  if ('query' in target) {
    const { changed } = await work.many(target.query, target.count);
    return { done: changed, failures: [] };
  }
  const failures: Failure[] = [];
  let next = 0;
  let asked = 0;
  const worker = async () => {
    for (let machine = target.machines[next++]; machine; machine = target.machines[next++]) {
      try {
        await work.one(machine.machineId);
      } catch (thrown) {
        failures.push({ machine, reason: toError(thrown).message });
      }
      onProgress(++asked);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { done: target.machines.length - failures.length, failures };
}

/** How many machines the selection means, where the service says that they are others than were expected. */
export function realCountOf(thrown: unknown): number | undefined {
  const count = isStatus(thrown, CONFLICT) ? (thrown.problem as { count?: unknown }).count : undefined;
  return typeof count === 'number' ? count : undefined;
}

function pathOf(query: string, expect: number): string {
  return `${MACHINES}?${query}&expect=${expect}`;
}
