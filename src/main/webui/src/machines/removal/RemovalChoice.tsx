import { TimeChoice } from '../time/TimeChoice';
import type { MachineDetails } from '../types';
import { OFFERED } from './removalTimes';

interface Props {
  machineId: string;
  /** Undefined while they are not known. */
  details: MachineDetails | undefined;
}

/** For how long a machine may be offline before it is removed. */
export function RemovalChoice({ machineId, details }: Props) {
  return <TimeChoice machineId={machineId} details={details} label="Remove when offline for" field="removeAfterSeconds" offered={OFFERED} />;
}
