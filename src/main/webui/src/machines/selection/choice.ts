import type { Machine } from '../types';

/** Which machines of the list are chosen. What the filter leaves out is not: nothing happens to what one does not see. */
interface ChoiceState {
  /** The filter under which they were chosen; under another, none are. */
  filter: string;
  /** All that match, also those that come to match later. */
  all: boolean;
  machineIds: ReadonlySet<string>;
  /** Where a range begins. */
  last: string | undefined;
  /** Whether anything was ever chosen. */
  used: boolean;
}

export type ChoiceStep = { type: 'one'; machineId: string; range: boolean } | { type: 'all' } | { type: 'none' };

const NONE: ReadonlySet<string> = new Set();

export const NOTHING_CHOSEN: ChoiceState = { filter: '', all: false, machineIds: NONE, last: undefined, used: false };

/** @param order the machines that show, in their order */
export function afterStep(state: ChoiceState, step: ChoiceStep, filter: string, order: readonly Machine[]): ChoiceState {
  if (step.type !== 'one') {
    return { filter, all: step.type === 'all', machineIds: NONE, last: undefined, used: true };
  }
  const { machineId, range } = step;
  const isSame = state.filter === filter;
  const machineIds = new Set(isSame ? (state.all ? order.map((machine) => machine.machineId) : state.machineIds) : NONE);
  const wanted = !machineIds.has(machineId);
  for (const id of range && isSame ? rangeOf(order, state.last, machineId) : [machineId]) {
    if (wanted) {
      machineIds.add(id);
    } else {
      machineIds.delete(id);
    }
  }
  return { filter, all: false, machineIds, last: machineId, used: true };
}

export function chosenOf({ all, machineIds, filter: chosenUnder }: ChoiceState, filter: string, order: readonly Machine[]): readonly Machine[] {
  if (chosenUnder !== filter || (!all && machineIds.size === 0)) {
    return [];
  }
  return all ? order : order.filter(({ machineId }) => machineIds.has(machineId));
}

function rangeOf(order: readonly Machine[], from: string | undefined, to: string): readonly string[] {
  const ids = order.map(({ machineId }) => machineId);
  const [start, end] = [ids.indexOf(from ?? to), ids.indexOf(to)];
  return start < 0 ? [to] : ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}
