import { useState } from 'react';

import { AddressNotice } from '../address/AddressNotice';
import { SessionNotice } from '../session/SessionNotice';
import { Announcements } from './Announcements';
import { ConnectionNotice } from './ConnectionNotice';
import { CreateMachineDialog } from './CreateMachineDialog';
import { MachineDetailsPanel } from './MachineDetailsPanel';
import { MachinesContent } from './MachinesContent';
import { MachinesHeader } from './MachinesHeader';
import styles from './MachinesPage.module.css';
import { useMachines } from './useMachines';
import { usePageAlert } from './usePageAlert';
import { useSelectedMachine } from './useSelectedMachine';

/** The page's frame: the selector and the add button above the list, and the details beside it. */
export function MachinesPage() {
  const { machines, error } = useMachines();
  const [selectedId, select] = useSelectedMachine();
  const [adding, setAdding] = useState(false);
  usePageAlert(machines);

  return (
    <>
      <MachinesHeader machines={machines} selectedId={selectedId} onSelect={select} onAdd={() => setAdding(true)} />
      <main className={styles.main} data-details={selectedId !== null}>
        <div className={styles.notices} role="status">
          <SessionNotice />
          <AddressNotice />
          {machines && <ConnectionNotice />}
        </div>
        <div className={styles.list}>
          <MachinesContent machines={machines} error={error} selectedId={selectedId} onSelect={select} onAdd={() => setAdding(true)} />
        </div>
        {selectedId !== null && <MachineDetailsPanel key={selectedId} machineId={selectedId} onClose={() => select(null)} />}
      </main>
      <Announcements machines={machines} />
      {adding && <CreateMachineDialog onClose={() => setAdding(false)} />}
    </>
  );
}
