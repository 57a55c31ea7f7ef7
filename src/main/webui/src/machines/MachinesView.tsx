import { useMemo } from 'react';

import { useFlapping } from './flapping/flapping';
import { useFlappingWatch } from './flapping/useFlappingWatch';
import { MachineList } from './MachineList';
import { MachinesTotals } from './MachinesTotals';
import { MachineToolbar } from './MachineToolbar';
import { NothingFound } from './NothingFound';
import type { Machine } from './types';
import { useFoundByService } from './useFoundByService';
import { totalsOf, viewOf, type View } from './view';

interface Props {
  machines: readonly Machine[];
  view: View;
  onView: (change: Partial<View>) => void;
  selectedId: string | null;
  onSelect: (machineId: string) => void;
}

export function MachinesView({ machines, view, onView, selectedId, onSelect }: Props) {
  useFlappingWatch(machines);
  const flapping = useFlapping();
  const totals = useMemo(() => totalsOf(machines, flapping), [machines, flapping]);
  const { machineIds, state } = useFoundByService(view.search);
  const shown = useMemo(() => viewOf(machines, view, machineIds, flapping), [machines, view, machineIds, flapping]);
  return (
    <>
      <MachinesTotals totals={totals} />
      <MachineToolbar totals={totals} view={view} onChange={onView} />
      {shown.length > 0 ? (
        <MachineList machines={shown} selectedId={selectedId} onSelect={onSelect} />
      ) : (
        <NothingFound view={view} hidden={viewOf(machines, { ...view, status: 'all' }, machineIds).length} hosts={state} onView={onView} />
      )}
    </>
  );
}
