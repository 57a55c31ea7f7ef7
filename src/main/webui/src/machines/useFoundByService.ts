import { useEffect, useState } from 'react';

import { findMachines } from './machineApi';

const PAUSE = 250;

// What the service takes; a single letter is in most host names.
const SHORTEST = 2;
const LONGEST = 100;

const NONE: ReadonlySet<string> = new Set();

interface Found {
  wanted: string;
  machineIds: ReadonlySet<string>;
}

/** The ids of the machines that the service finds, also by their host names. Until it answers, and where it cannot, none. */
export function useFoundByService(search: string): ReadonlySet<string> {
  const [found, setFound] = useState<Found>({ wanted: '', machineIds: NONE });
  const wanted = search.trim();

  useEffect(() => {
    if (wanted.length < SHORTEST || wanted.length > LONGEST) {
      return undefined;
    }
    const asked = new AbortController();
    const timer = setTimeout(() => {
      findMachines(wanted, asked.signal).then(
        (machines) => setFound({ wanted, machineIds: new Set(machines.map(({ machineId }) => machineId)) }),
        // What the page finds by itself is shown all the same.
        () => undefined,
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [wanted]);

  return found.wanted === wanted ? found.machineIds : NONE;
}
