import { exactTime } from '../../ui/relativeTime';
import { MachineLabel } from '../name/MachineLabel';
import type { Machine } from '../types';
import { fragmentOf } from '../view/pageAddress';
import { usePageAddress } from '../view/usePageAddress';
import { EVERYTHING } from '../view/view';

interface Props {
  machines: readonly Machine[];
  /** Whether the last is the end of the enumeration. */
  isAll?: boolean;
}

/** As in "alpha, beta and gamma", each leading to its details. */
export function MachineLinks({ machines, isAll = true }: Props) {
  const { owner } = usePageAddress();
  return machines.map((machine, index) => (
    <span key={machine.machineId}>
      {index > 0 && (isAll && index === machines.length - 1 ? ' and ' : ', ')}
      <a href={fragmentOf({ owner, selectedId: machine.machineId, view: EVERYTHING })} title={exactTime(machine.statusSince)}>
        <MachineLabel machine={machine} />
      </a>
    </span>
  ));
}
