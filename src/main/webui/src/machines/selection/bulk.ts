import type { BulkResult, ChangeMachines } from '../../http/contract.gen';
import { isStatus, request, toError } from '../../http/request';
import { checkPerson, withSession } from '../../session/sessionStore';
import { changeMachine, deleteMachine } from '../machineApi';
import type { Machine } from '../types';
import type { Target } from './target';

const MACHINES = '/api/machines';
const NOT_FOUND = 404;
const CONFLICT = 409;
const AT_ONCE = 6;

export const SESSION_OVER = 'your session has ended, or somebody else is signed in here.';

/** What is done with the machines, by a selection and one by one. */
export interface Work {
  many: (query: string, expect: number) => Promise<BulkResult>;
  one: (machineId: string) => Promise<unknown>;
  /** Whether a machine that is gone is what was wanted. */
  mayBeGone: boolean;
}

export interface Failure {
  machine: Machine;
  reason: string;
}

export interface Outcome {
  done: number;
  failures: readonly Failure[];
  /** Those that nothing was done with, because the session had ended. */
  left: readonly Machine[];
}

export function changing(body: ChangeMachines): Work {
  return {
    many: (query, expect) => withSession(async () => (await request('PATCH', pathOf(query, expect), body)) as BulkResult),
    one: (machineId) => changeMachine(machineId, body),
    mayBeGone: false,
  };
}

export const DELETING: Work = {
  many: (query, expect) => withSession(async () => (await request('DELETE', pathOf(query, expect))) as BulkResult),
  one: deleteMachine,
  mayBeGone: true,
};

/**
 * All at once where the service can select them, and all or none of them; else one by one, a few at a time, and each by itself.
 *
 * @param isStill whether the person who was asked acts
 * @param onProgress with how many have been asked for
 */
export async function perform(target: Target, work: Work, isStill: () => boolean, onProgress: (asked: number) => void): Promise<Outcome> {
  if (!isStill()) {
    throw new Error(`Nothing was changed: ${SESSION_OVER}`);
  }
  if ('query' in target) {
    const { changed } = await work.many(target.query, target.count);
    return { done: changed, failures: [], left: [] };
  }
  return oneByOne(target.machines, work, isStill, onProgress);
}

async function oneByOne(machines: readonly Machine[], work: Work, isStill: () => boolean, onProgress: (asked: number) => void): Promise<Outcome> {
  const failures: Failure[] = [];
  const left: Machine[] = [];
  let next = 0;
  let asked = 0;
  const worker = async () => {
    for (let machine = machines[next]; machine && isStill(); machine = machines[next]) {
      next++;
      const thrown = await failureOf(work.one(machine.machineId));
      if (thrown && !isStill()) {
        left.push(machine);
      } else if (thrown && !(work.mayBeGone && isStatus(thrown, NOT_FOUND))) {
        failures.push({ machine, reason: thrown.message });
      }
      onProgress(++asked);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  left.push(...machines.slice(next));
  return { done: machines.length - failures.length - left.length, failures, left };
}

async function failureOf(action: Promise<unknown>): Promise<Error | undefined> {
  try {
    await action;
    return undefined;
  } catch (thrown) {
    // To another person, whose cookie may be there by now, the machine is not to be seen.
    if (isStatus(thrown, NOT_FOUND)) {
      await checkPerson();
    }
    return toError(thrown);
  }
}

/** How many machines the selection means, where the service says that they are others than were expected. */
export function realCountOf(thrown: unknown): number | undefined {
  const count = isStatus(thrown, CONFLICT) ? (thrown.problem as { count?: unknown }).count : undefined;
  return typeof count === 'number' ? count : undefined;
}

function pathOf(query: string, expect: number): string {
  return `${MACHINES}?${query}&expect=${expect}`;
}
