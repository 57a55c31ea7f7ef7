import { useMemo, useReducer } from 'react';

import { isHeading, type ListItem } from '../labels/grouping';
import type { Machine } from '../types';
import type { View } from '../view/view';
import { afterStep, chosenOf, NOTHING_CHOSEN, type ChoiceStep } from './choice';

export interface Choice {
  chosen: readonly Machine[];
  /** Whether these are all that match, whichever they are by then. */
  isAll: boolean;
  isChosen: (machineId: string) => boolean;
  /** Whether anything was ever chosen. */
  used: boolean;
  /** Stays the same, so that no row is drawn again for it. */
  choose: (step: ChoiceStep) => void;
}

/** Which machines of the list are chosen. */
export function useChoice(items: readonly ListItem[], { search, status, labels }: View, owner: string): Choice {
  const order = useMemo(() => items.filter((item): item is Machine => !isHeading(item)), [items]);
  const filter = JSON.stringify([owner, search.trim(), status, labels]);
  const [state, choose] = useReducer((before: typeof NOTHING_CHOSEN, step: ChoiceStep) => afterStep(before, step, filter, order), NOTHING_CHOSEN);
  const chosen = useMemo(() => chosenOf(state, filter, order), [state, filter, order]);
  const isHere = state.filter === filter;
  return {
    chosen,
    isAll: isHere && state.all,
    isChosen: (machineId) => isHere && (state.all || state.machineIds.has(machineId)),
    used: state.used,
    choose,
  };
}
