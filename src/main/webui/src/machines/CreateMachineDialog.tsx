import { useState } from 'react';

import { OtherWays } from '../enrolment/OtherWays';
import { Dialog } from '../ui/Dialog';
import { laterDialog } from '../ui/later';
import { useLeaveGuard } from '../ui/useLeaveGuard';
import { ClaimHint } from './claim/ClaimHint';
import { CreateMachineForm } from './CreateMachineForm';
import { RegisteredMachine } from './RegisteredMachine';
import { hasConnected } from './statusText';
import type { MachineRegistration } from './types';
import { useMachine } from './useMachines';

interface Props {
  /** Whose machines are looked at. */
  owner: string;
  onClose: () => void;
}

const FleetDialog = laterDialog(async () => (await import('../enrolment/FleetDialog')).FleetDialog);

/** From a name to a connected machine. The token lives in this component alone, and goes with it. */
export function CreateMachineDialog({ owner, onClose }: Props) {
  const [registration, setRegistration] = useState<MachineRegistration>();
  const [asked, setAsked] = useState(false);
  const [isFleet, setIsFleet] = useState(false);
  const machine = useMachine(registration?.machineId ?? '');
  const wouldBeLost = registration !== undefined && !hasConnected(machine);
  const mayGo = !wouldBeLost || asked;
  useLeaveGuard(wouldBeLost, () => setAsked(true));

  // A machine that is registered meanwhile has a token to be shown.
  if (isFleet && !registration) {
    return <FleetDialog owner={owner} onClose={onClose} />;
  }
  return (
    <Dialog title={registration ? 'Connect your machine' : 'Add a machine'} onClose={mayGo ? onClose : () => setAsked(true)}>
      {registration ? (
        <RegisteredMachine registration={registration} machine={machine} asked={asked} onStay={() => setAsked(false)} onClose={onClose} />
      ) : (
        <>
          <CreateMachineForm owner={owner} onCreated={setRegistration} onCancel={onClose} />
          <ClaimHint />
          <OtherWays onFleet={() => setIsFleet(true)} />
        </>
      )}
    </Dialog>
  );
}
