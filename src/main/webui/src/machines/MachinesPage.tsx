import { useState } from 'react';

import { AddressNotice } from '../address/AddressNotice';
import { SessionNotice } from '../session/SessionNotice';
import { ServiceVersion } from '../version/ServiceVersion';
import { Announcements } from './Announcements';
import { AwayNotice } from './away/AwayNotice';
import { ConnectionNotice } from './ConnectionNotice';
import { CreateMachineDialog } from './CreateMachineDialog';
import { MachineDetailsPanel } from './MachineDetailsPanel';
import { MachinesContent } from './MachinesContent';
import { MachinesHeader } from './MachinesHeader';
import styles from './MachinesPage.module.css';
import { useListPlace } from './useListPlace';
import { useMachines } from './useMachines';
import { usePageAddress } from './usePageAddress';
import { usePageAlert } from './usePageAlert';

/** The page's frame: the selector and the add button above the list, and the details beside it. */
export function MachinesPage() {
  const { machines, error } = useMachines();
  const { selectedId, view, select, setView } = usePageAddress();
  const [adding, setAdding] = useState(false);
  const add = () => setAdding(true);
  usePageAlert(machines);
  useListPlace(selectedId !== null);

  return (
    <>
      <MachinesHeader machines={machines} onSelect={select} onAdd={add} />
      <main className={styles.main} data-details={selectedId !== null}>
        <div className={styles.notices} role="status">
          <SessionNotice />
          <AddressNotice />
          {machines && <ConnectionNotice />}
          <AwayNotice machines={machines} />
        </div>
        <div className={styles.list}>
          <MachinesContent
            machines={machines}
            error={error}
            view={view}
            onView={setView}
            selectedId={selectedId}
            onSelect={select}
            onAdd={add}
          />
        </div>
        {selectedId !== null && <MachineDetailsPanel key={selectedId} machineId={selectedId} onClose={() => select(null)} />}
      </main>
      <ServiceVersion />
      <Announcements machines={machines} />
      {adding && <CreateMachineDialog onClose={() => setAdding(false)} />}
    </>
  );
}
