import { useMemo } from 'react';

import { Message } from '../ui/Message';
import { MachineList } from './MachineList';
import styles from './MachinesView.module.css';
import { MachineToolbar } from './MachineToolbar';
import { countText } from './statusText';
import type { Machine } from './types';
import { useAsOf } from './useAsOf';
import { EVERYTHING, totalsOf, viewOf, type View } from './view';

interface Props {
  machines: readonly Machine[];
  view: View;
  onView: (view: View) => void;
  selectedId: string | null;
  onSelect: (machineId: string) => void;
}

export function MachinesView({ machines, view, onView, selectedId, onSelect }: Props) {
  const totals = useMemo(() => totalsOf(machines), [machines]);
  const asOf = useAsOf();
  const shown = useMemo(() => viewOf(machines, view), [machines, view]);
  const showAll = (
    <button type="button" className="button" onClick={() => onView({ ...EVERYTHING, sort: view.sort })}>
      Show all machines
    </button>
  );
  return (
    <>
      <h2 className={styles.totals} data-stale={asOf !== undefined}>
        {countText(totals.all, 'machine')},{' '}
        <span data-all={totals.offline === 0 && asOf === undefined}>{totals.online.toLocaleString()} online</span>
        {asOf && ' '}
        {asOf && <small>as of {asOf}</small>}
      </h2>
      <MachineToolbar totals={totals} view={view} onChange={(change) => onView({ ...view, ...change })} />
      {shown.length > 0 ? (
        <MachineList machines={shown} selectedId={selectedId} onSelect={onSelect} />
      ) : (
        <Message title="Nothing found" action={showAll}>
          <p>{view.search ? `No machine here is called “${view.search}”.` : noneText(view.status, asOf)}</p>
        </Message>
      )}
    </>
  );
}

function noneText(status: View['status'], asOf: string | undefined): string {
  return asOf === undefined ? `No machine is ${status} right now.` : `No machine was ${status} when the list was last live.`;
}
