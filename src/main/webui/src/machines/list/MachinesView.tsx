import { useMemo } from 'react';

import { useIsAtLeast } from '../../teams/useRole';
import { later } from '../../ui/later';
import { useFlapping } from '../flapping/flapping';
import { useFlappingWatch } from '../flapping/useFlappingWatch';
import { groupedBy, labelKeysOf } from '../labels/grouping';
import { MOST_FOUND } from '../machineApi';
import { useFoundByService } from '../search/useFoundByService';
import type { BulkQuestion } from '../selection/BulkDialogs';
import { ChoiceAnnouncement } from '../selection/ChoiceAnnouncement';
import { useChoice } from '../selection/useChoice';
import type { Machine } from '../types';
import { usePageAddress } from '../view/usePageAddress';
import { totalsOf, viewOf, type View } from '../view/view';
import { MachineList } from './MachineList';
import { MachinesTotals } from './MachinesTotals';
import { MachineToolbar } from './MachineToolbar';
import { NothingFound } from './NothingFound';

interface Props {
  machines: readonly Machine[];
  view: View;
  onView: (change: Partial<View>) => void;
  selectedId: string | null;
  onSelect: (machineId: string) => void;
  onBulk: (question: BulkQuestion) => void;
}

const ChosenBar = later(async () => (await import('../selection/ChosenBar')).ChosenBar);

export function MachinesView({ machines, view, onView, selectedId, onSelect, onBulk }: Props) {
  useFlappingWatch(machines);
  const flapping = useFlapping();
  const { owner, selectLabel } = usePageAddress();
  const totals = useMemo(() => totalsOf(machines, flapping), [machines, flapping]);
  const keys = useMemo(() => labelKeysOf(machines), [machines]);
  const found = useFoundByService(view.search);
  const { machineIds, state } = found;
  const shown = useMemo(() => viewOf(machines, view, machineIds, flapping), [machines, view, machineIds, flapping]);
  const items = useMemo(() => groupedBy(shown, view.group), [shown, view.group]);
  const mayChoose = useIsAtLeast('admin', owner);
  const choice = useChoice(items, view, owner);
  return (
    <>
      <MachinesTotals totals={totals} />
      <MachineToolbar totals={totals} view={view} shown={shown.length} keys={keys} onChange={onView} />
      {state === 'partial' && (
        <p>
          The service finds this in more than {MOST_FOUND.toLocaleString()} machines. Some that only their host name matches may be missing
          here: search for more of it.
        </p>
      )}
      {state === 'failed' && shown.length > 0 && (
        <p>The service could not search all host names. Machines that only their host name matches may be missing here.</p>
      )}
      {shown.length > 0 ? (
        <MachineList
          items={items}
          count={shown.length}
          selectedId={selectedId}
          onSelect={onSelect}
          choice={mayChoose ? choice : undefined}
          onLabel={keys.length > 0 ? selectLabel : undefined}
        />
      ) : (
        <NothingFound view={view} hidden={viewOf(machines, { ...view, status: 'all' }, machineIds).length} hosts={state} onView={onView} />
      )}
      <ChoiceAnnouncement choice={choice} />
      {mayChoose && choice.used && <ChosenBar choice={choice} owner={owner} view={view} count={shown.length} keys={keys} found={found} onAsk={onBulk} />}
    </>
  );
}
