import { useState } from 'react';

import { OtherWays } from '../../enrolment/OtherWays';
import { Dialog } from '../../ui/Dialog';
import { laterDialog } from '../../ui/later';
import { useLeaveGuard } from '../../ui/useLeaveGuard';
import { ClaimHint } from '../claim/ClaimHint';
import { hasConnected } from '../status/statusText';
import { useMachine } from '../store/useMachines';
import type { MachineRegistration } from '../types';
import { CreateMachineForm } from './CreateMachineForm';
import { RegisteredMachine } from './RegisteredMachine';

interface Props {
  /** Whose machines are looked at. */
  owner: string;
  onClose: () => void;
}

const FleetDialog = laterDialog(async () => (await import('../../enrolment/FleetDialog')).FleetDialog);

/** From a name to a connected machine. The token lives in this component alone, and goes with it. */
export function CreateMachineDialog({ owner, onClose }: Props) {
  const [registration, setRegistration] = useState<MachineRegistration>();
  const [making, setMaking] = useState(false);
  const [asked, setAsked] = useState(false);
  const [isFleet, setIsFleet] = useState(false);
  const machine = useMachine(registration?.machineId ?? '');
  const wouldBeLost = registration !== undefined && !hasConnected(machine);
  // While a machine is being registered the dialog stays: its token would be shown to nobody.
  const close = making ? () => undefined : !wouldBeLost || asked ? onClose : () => setAsked(true);
  useLeaveGuard(making || wouldBeLost, () => setAsked(registration !== undefined));

  if (isFleet) {
    return <FleetDialog owner={owner} onClose={onClose} />;
  }
  return (
    <Dialog title={registration ? 'Connect your machine' : 'Add a machine'} onClose={close}>
      {registration ? (
        <RegisteredMachine registration={registration} machine={machine} asked={asked} onStay={() => setAsked(false)} onClose={onClose} />
      ) : (
        <>
          <CreateMachineForm owner={owner} onMaking={setMaking} onCreated={setRegistration} onCancel={close} />
          <ClaimHint />
          <OtherWays onFleet={() => making || setIsFleet(true)} />
        </>
      )}
    </Dialog>
  );
}
