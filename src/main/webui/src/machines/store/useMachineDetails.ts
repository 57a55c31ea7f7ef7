import { useCallback, useEffect, useState } from 'react';

import { toError } from '../../http/request';
import { getMachine } from '../machineApi';
import type { Machine, MachineDetails } from '../types';
import { useRevivals } from './useMachines';

export interface MachineDetailsReturn {
  /** What was loaded last, also where loading it again failed. */
  details: MachineDetails | undefined;
  loading: boolean;
  error: Error | undefined;
  tryAgain: () => void;
}

interface Details {
  details: MachineDetails | undefined;
  error: Error | undefined;
}

const UNKNOWN: Details = { details: undefined, error: undefined };

/** What a machine told about itself; asked again when the live list says that the machine changed, or is live again after it was not. */
export function useMachineDetails(machine: Machine): MachineDetailsReturn {
  const { machineId } = machine;
  const [state, setState] = useState(UNKNOWN);
  const [tries, setTries] = useState(0);
  const revivals = useRevivals();

  useEffect(() => {
    const asked = new AbortController();
    getMachine(machineId, asked.signal).then(
      (details) => !asked.signal.aborted && setState({ details, error: undefined }),
      (thrown: unknown) => !asked.signal.aborted && setState((last) => ({ ...last, error: toError(thrown) })),
    );
    return () => asked.abort();
    // The entry is a new object after each change.
  }, [machineId, machine, tries, revivals]);

  const tryAgain = useCallback(() => {
    setState((last) => ({ ...last, error: undefined }));
    setTries((count) => count + 1);
  }, []);
  const { details, error } = state.details && state.details.machineId !== machineId ? UNKNOWN : state;
  return { details, error, loading: !details && !error, tryAgain };
}
