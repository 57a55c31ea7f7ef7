import { useMemo } from 'react';

import { Message } from '../ui/Message';
import { MachineList } from './MachineList';
import { MachinesTotals } from './MachinesTotals';
import { MachineToolbar } from './MachineToolbar';
import type { Machine } from './types';
import { useAsOf } from './useAsOf';
import { useFoundByService } from './useFoundByService';
import { EVERYTHING, totalsOf, viewOf, type StatusChoice, type View } from './view';

interface Props {
  machines: readonly Machine[];
  view: View;
  onView: (change: Partial<View>) => void;
  selectedId: string | null;
  onSelect: (machineId: string) => void;
}

export function MachinesView({ machines, view, onView, selectedId, onSelect }: Props) {
  const totals = useMemo(() => totalsOf(machines), [machines]);
  const asOf = useAsOf();
  const foundByService = useFoundByService(view.search);
  const shown = useMemo(() => viewOf(machines, view, foundByService), [machines, view, foundByService]);
  const showAll = (
    <button type="button" className="button" onClick={() => onView({ ...EVERYTHING, sort: view.sort })}>
      Show all machines
    </button>
  );
  return (
    <>
      <MachinesTotals totals={totals} />
      <MachineToolbar totals={totals} view={view} onChange={onView} />
      {shown.length > 0 ? (
        <MachineList machines={shown} selectedId={selectedId} onSelect={onSelect} />
      ) : (
        <Message title="Nothing found" action={showAll}>
          <p>{view.search ? `No machine here has “${view.search}” in its name, host name or ID.` : noneText(view.status, asOf)}</p>
        </Message>
      )}
    </>
  );
}

function noneText(status: StatusChoice, asOf: string | undefined): string {
  if (status === 'attention') {
    return asOf === undefined ? 'No machine needs attention right now.' : 'No machine needed attention when the list was last live.';
  }
  return asOf === undefined ? `No machine is ${status} right now.` : `No machine was ${status} when the list was last live.`;
}
