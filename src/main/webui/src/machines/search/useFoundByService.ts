import { useCallback, useEffect, useState } from 'react';

import { findMachines } from '../machineApi';
import { useRevivals } from '../store/useMachines';
import { usePageAddress } from '../view/usePageAddress';

const PAUSE = 250;

// What the service takes; a single letter is in most host names.
const SHORTEST = 2;
const LONGEST = 100;

const NONE: ReadonlySet<string> = new Set();

/** What the service finds, also by host names, which the list does not carry. */
export interface FoundByService {
  machineIds: ReadonlySet<string>;
  /**
   * Only with `answered` is it known that no other machine has such a host name: `partial` is what the service finds in more machines
   * than the page asks for, `unasked` what is too short or too long.
   */
  state: 'unasked' | 'asking' | 'answered' | 'partial' | 'failed';
}

interface Answer extends FoundByService {
  wanted: string;
  owner: string;
}

const UNASKED: FoundByService = { machineIds: NONE, state: 'unasked' };
const ASKING: FoundByService = { machineIds: NONE, state: 'asking' };

export interface FoundByServiceReturn extends FoundByService {
  /** The service knows of other machines by now; until it answers, what it found before is what there is. */
  askAgain: () => void;
}

/** Asked again when the list is live again after it was not. */
export function useFoundByService(search: string): FoundByServiceReturn {
  const [answer, setAnswer] = useState<Answer>();
  const [tries, setTries] = useState(0);
  const askAgain = useCallback(() => setTries((count) => count + 1), []);
  const revivals = useRevivals();
  const { owner } = usePageAddress();
  const wanted = search.trim();
  const asks = wanted.length >= SHORTEST && wanted.length <= LONGEST;

  useEffect(() => {
    if (!asks) {
      return undefined;
    }
    const asked = new AbortController();
    const timer = setTimeout(() => {
      findMachines(wanted, owner, asked.signal).then(
        (found) => setAnswer({ wanted, owner, ...found }),
        // What the page finds by itself is shown all the same, and what the service found before.
        () =>
          !asked.signal.aborted &&
          setAnswer((before) => ({ wanted, owner, state: 'failed', machineIds: isFor(before, wanted, owner) ? before.machineIds : NONE })),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [wanted, owner, asks, revivals, tries]);

  return { ...(!asks ? UNASKED : isFor(answer, wanted, owner) ? answer : ASKING), askAgain };
}

function isFor(answer: Answer | undefined, wanted: string, owner: string): answer is Answer {
  return answer?.wanted === wanted && answer.owner === owner;
}
