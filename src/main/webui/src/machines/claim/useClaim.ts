import { useEffect, useState } from 'react';

import { useAction } from '../../action/useAction';
import { isStatus } from '../../http/request';
import { claimMachine, findMachine } from './claimApi';
import { takeOffAddress, type Claim } from './claimLink';

/** `named` is claimed just now, `known` was in one's list before, and `taken` is in somebody else's. */
type ClaimState = { phase: 'asking' | 'open' | 'taken' } | { phase: 'named' | 'known'; name: string };

interface ClaimReturn {
  state: ClaimState;
  claim: (name: string) => void;
  isClaiming: boolean;
  error: Error | null;
}

/** How far a claim has come. */
export function useClaim(claim: Claim): ClaimReturn {
  const [state, setState] = useState<ClaimState>({ phase: 'asking' });
  const { run, isRunning, error } = useAction(claimMachine);
  const { machineId } = claim;

  useEffect(() => {
    const asked = new AbortController();
    findMachine(machineId, asked.signal).then(
      (found) => setState(found ? { phase: 'known', name: found.name } : { phase: 'open' }),
      // The service says what there is to say when it is to register the machine.
      () => !asked.signal.aborted && setState({ phase: 'open' }),
    );
    return () => asked.abort();
  }, [machineId]);

  const submit = (name: string) => {
    run(claim, name)
      .then(
        () => setState({ phase: 'named', name: name.trim() }),
        (failure: unknown) => (isStatus(failure, 409) ? tellWhose(machineId).then(setState) : Promise.reject(failure as Error)),
      )
      // Any other error is shown, and the link is needed still.
      .then(takeOffAddress, () => undefined);
  };
  return { state, claim: submit, isClaiming: isRunning, error };
}

// An answer that was lost on the way may have been a success.
async function tellWhose(machineId: string): Promise<ClaimState> {
  const found = await findMachine(machineId, new AbortController().signal);
  return found ? { phase: 'known', name: found.name } : { phase: 'taken' };
}
