import { useStaleness } from '../store/useMachines';
import type { Machine } from '../types';
import { CannotKnow, MachinePhase } from './MachinePhase';
import { useRotation, type Rotation } from './useRotation';

interface Props {
  machine: Machine;
  rotation: Rotation;
}

/** Says what is known of whether a machine has taken its new token. */
export function WaitForRotation({ machine, rotation }: Props) {
  const stale = useStaleness();
  const phase = useRotation(machine, rotation);
  if (stale) {
    return <CannotKnow>Whether the machine uses the new token cannot be known now.</CannotKnow>;
  }
  switch (phase) {
    case 'taken':
      return (
        <MachinePhase name="online">
          <strong>The machine uses the new token.</strong> The old one has ended.
        </MachinePhase>
      );
    case 'reconnected':
      return (
        <MachinePhase name="online">
          <strong>The machine has connected again.</strong> If you ran the command, it uses the new token, and the old one has ended.
        </MachinePhase>
      );
    case 'waiting':
      return (
        <MachinePhase name="waiting">
          {rotation.revokedOld ? 'The old token has ended. Waiting for the machine to come with the new one…' : 'The machine is offline. Waiting for it to connect…'}
        </MachinePhase>
      );
    case 'either':
      return (
        <MachinePhase name="unknown">
          <strong>The machine is online.</strong> It keeps its old token until you run the command. Stop the old agent first: then you see
          here that it went, and that it came back.
        </MachinePhase>
      );
  }
}
