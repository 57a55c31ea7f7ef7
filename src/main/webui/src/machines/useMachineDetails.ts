import { useEffect, useState } from 'react';

import { toError } from '../http/request';
import { getMachine } from './machineApi';
import type { Machine, MachineDetails } from './types';

interface Details {
  details: MachineDetails | undefined;
  error: Error | undefined;
}

const UNKNOWN: Details = { details: undefined, error: undefined };

/** What a machine told about itself; asked again when the live list says that the machine changed. */
export function useMachineDetails(machine: Machine): Details {
  const { machineId } = machine;
  const [state, setState] = useState(UNKNOWN);

  useEffect(() => {
    const asked = new AbortController();
    getMachine(machineId, asked.signal).then(
      (details) => !asked.signal.aborted && setState({ details, error: undefined }),
      (thrown: unknown) => !asked.signal.aborted && setState((last) => ({ ...last, error: toError(thrown) })),
    );
    return () => asked.abort();
    // The entry is a new object after each change.
  }, [machineId, machine]);

  return state.details && state.details.machineId !== machineId ? UNKNOWN : state;
}
