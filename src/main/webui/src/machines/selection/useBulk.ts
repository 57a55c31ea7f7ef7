import { useState } from 'react';

import { useAction } from '../../action/useAction';
import { whileThisPerson } from '../../session/sessionState';
import type { Machine } from '../types';
import { perform, realCountOf, type Failure, type Outcome, type Work } from './bulk';
import { countOf, type Target } from './target';

export interface Bulk {
  /** Of how many machines it is by now. */
  count: number;
  /** How many there were thought to be, where the service has counted others and nothing was changed. */
  thought: number | undefined;
  /** Whether nobody has seen which machines the service counts: it finds them by what the list does not carry. */
  isUnseen: boolean;
  /** How many have been asked for, one by one. */
  asked: number;
  failures: readonly Failure[];
  /** How many nothing was done with, because the session had ended. */
  left: number;
  /** How many it was done with before it failed with the others. */
  done: number;
  isRunning: boolean;
  error: Error | null;
  run: (work: Work) => void;
}

/** Does something with machines. What failed, or was counted wrong, can be tried again. */
export function useBulk(chosen: Target, onDone: (count: number) => void, onMiscounted: () => void): Bulk {
  // The machines that the question named are meant, also where the list changes while it is asked. A selection is of what does not change by itself.
  const [target, setTarget] = useState(chosen);
  const [thought, setThought] = useState<number>();
  const [asked, setAsked] = useState(0);
  const [done, setDone] = useState(0);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const [left, setLeft] = useState<readonly Machine[]>([]);
  const [isStill] = useState(whileThisPerson);
  const { run, isRunning, error } = useAction(perform);

  const finish = ({ done: count, failures: failed, left: over }: Outcome) => {
    setFailures(failed);
    setLeft(over);
    setDone(done + count);
    if (failed.length + over.length > 0) {
      setTarget({ machines: [...failed.map(({ machine }) => machine), ...over] });
    } else {
      onDone(done + count);
    }
  };
  const miscounted = (thrown: unknown) => {
    const count = realCountOf(thrown);
    if (count !== undefined && 'query' in target) {
      setThought(target.count);
      setTarget({ ...target, count });
      if (target.searches) {
        onMiscounted();
      }
    }
  };
  return {
    count: countOf(target),
    thought,
    isUnseen: thought !== undefined && 'query' in target && target.searches,
    asked,
    failures,
    left: left.length,
    done,
    isRunning,
    error: realCountOf(error) === undefined ? error : null,
    run: (work) => {
      setThought(undefined);
      setFailures([]);
      setLeft([]);
      setAsked(0);
      run(target, work, isStill, setAsked).then(finish, miscounted);
    },
  };
}
