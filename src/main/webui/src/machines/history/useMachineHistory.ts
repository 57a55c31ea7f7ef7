import { useEffect, useState } from 'react';

import type { StatusHistory } from '../../http/contract.gen';
import { toError } from '../../http/request';
import { getHistory } from '../machineApi';
import { useRevivals } from '../store/useMachines';
import type { Machine } from '../types';

interface MachineHistoryReturn {
  /** What was loaded last, also where loading it again failed. */
  history: StatusHistory | undefined;
  error: Error | undefined;
}

/** What a machine was before, from when it is wanted; asked again when the live list says that the machine changed, or is live again. */
export function useMachineHistory(machine: Machine, wanted: boolean): MachineHistoryReturn {
  const [state, setState] = useState<MachineHistoryReturn>({ history: undefined, error: undefined });
  const revivals = useRevivals();

  useEffect(() => {
    if (!wanted) {
      return;
    }
    const asked = new AbortController();
    getHistory(machine.machineId, asked.signal).then(
      (history) => setState({ history, error: undefined }),
      (thrown: unknown) => !asked.signal.aborted && setState((last) => ({ ...last, error: toError(thrown) })),
    );
    return () => asked.abort();
    // The entry is a new object after each change.
  }, [machine, wanted, revivals]);

  return state;
}
