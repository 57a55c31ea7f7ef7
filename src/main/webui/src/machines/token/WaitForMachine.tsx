import { isolated } from '../names';
import { hasConnected, reasonWord } from '../status/statusText';
import { useMachineDetails } from '../store/useMachineDetails';
import { useStaleness } from '../store/useMachines';
import type { Machine } from '../types';
import { CannotKnow, MachinePhase } from './MachinePhase';

interface Props {
  machine: Machine | undefined;
}

/** Watches a new machine until it connects, and whether it stays. */
export function WaitForMachine({ machine }: Props) {
  const stale = useStaleness();
  if (stale) {
    return (
      <CannotKnow>
        {hasConnected(machine) ? 'Whether the machine is still connected cannot be known now.' : 'Whether the machine has connected cannot be known now.'}
      </CannotKnow>
    );
  }
  if (!hasConnected(machine)) {
    return <MachinePhase name="waiting">Waiting for the machine…</MachinePhase>;
  }
  return machine.status === 'online' ? (
    <MachinePhase name="online">
      <Connected machine={machine} />
    </MachinePhase>
  ) : (
    <MachinePhase name="offline">
      <strong>Connected, then offline:</strong> {reasonWord(machine)}
    </MachinePhase>
  );
}

function Connected({ machine }: { machine: Machine }) {
  const { details } = useMachineDetails(machine);
  const told = [details?.hostname && `host ${isolated(details.hostname)}`, details?.rootDirectory && isolated(details.rootDirectory)].filter(Boolean).join(', ');
  return told ? (
    <>
      <strong>Connected:</strong> {told}
    </>
  ) : (
    <strong>Connected</strong>
  );
}
