import { useState } from 'react';

import { AddressNotice } from '../../address/AddressNotice';
import { SessionNotice } from '../../session/notice/SessionNotice';
import { useSession } from '../../session/useSession';
import { maySee, ME } from '../../teams/owners';
import { useMayAdd } from '../../teams/useRole';
import { later, laterDialog } from '../../ui/later';
import { ServiceVersion } from '../../version/ServiceVersion';
import { Announcements } from '../announcement/Announcements';
import { AwayNotice } from '../away/AwayNotice';
import { ClaimGate } from '../claim/ClaimGate';
import { MachineDetailsPanel } from '../details/MachineDetailsPanel';
import { MachinesContent } from '../list/MachinesContent';
import { OwnerSwitch } from '../owner/OwnerSwitch';
import { UnseenOwner } from '../owner/UnseenOwner';
import type { BulkQuestion } from '../selection/BulkDialogs';
import { ConnectionNotice } from '../staleness/ConnectionNotice';
import { useMachines } from '../store/useMachines';
import { usePageAddress } from '../view/usePageAddress';
import { MachinesHeader } from './MachinesHeader';
import styles from './MachinesPage.module.css';
import { useListPlace } from './useListPlace';
import { usePageAlert } from './usePageAlert';

const BulkDialogs = later(async () => (await import('../selection/BulkDialogs')).BulkDialogs);
const CreateMachineDialog = laterDialog(async () => (await import('../registration/CreateMachineDialog')).CreateMachineDialog);

/** The page's frame: the selector and the add button above the list, and the details beside it. */
export function MachinesPage() {
  const { machines, error } = useMachines();
  const { owner, selectedId, view, select, setView, setOwner } = usePageAddress();
  const [adding, setAdding] = useState(false);
  const [question, setQuestion] = useState<BulkQuestion>();
  const session = useSession();
  const isUnseen = session.phase === 'active' && !maySee(session.session, owner);
  const add = useMayAdd(owner) ? () => setAdding(true) : undefined;
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
          <OwnerSwitch owner={owner} onChange={setOwner} />
          {isUnseen ? (
            <UnseenOwner owner={owner} onMine={() => setOwner(ME)} />
          ) : (
            <MachinesContent
              machines={machines}
              error={error}
              view={view}
              onView={setView}
              selectedId={selectedId}
              onSelect={select}
              onBulk={setQuestion}
              onAdd={add}
            />
          )}
        </div>
        {selectedId !== null && <MachineDetailsPanel key={selectedId} machineId={selectedId} onClose={() => select(null)} />}
      </main>
      <ServiceVersion />
      <Announcements machines={machines} />
      <ClaimGate onShow={select} />
      {question && <BulkDialogs question={question} />}
      {adding && <CreateMachineDialog owner={owner} onClose={() => setAdding(false)} />}
    </>
  );
}
