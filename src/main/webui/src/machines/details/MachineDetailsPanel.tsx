import { useEffect, useRef } from 'react';

import { later } from '../../ui/later';
import { LabelSection } from '../labels/LabelSection';
import { MachineName } from '../name/MachineName';
import { PingButton } from '../ping/PingButton';
import { MachineStatusBadge } from '../status/MachineStatusBadge';
import { useLabelText, useMachine, useMachines } from '../store/useMachines';
import { SharedToken } from '../token/SharedToken';
import { usePageAddress } from '../view/usePageAddress';
import { MachineActions } from './MachineActions';
import styles from './MachineDetailsPanel.module.css';

interface Props {
  machineId: string;
  onClose: () => void;
}

const MachineFacts = later(async () => (await import('./MachineFacts')).MachineFacts);
const MachineHistory = later(async () => (await import('../history/MachineHistory')).MachineHistory);

export function MachineDetailsPanel({ machineId, onClose }: Props) {
  const { machines } = useMachines();
  const machine = useMachine(machineId);
  const label = useLabelText({ machineId, name: machine?.name ?? '' });
  const { selectLabel } = usePageAddress();
  const panel = useRef<HTMLElement>(null);
  useFocusWhileOpen(panel, machineId);

  return (
    <section ref={panel} className={styles.panel} tabIndex={-1} aria-label={`Details ${label && `of ${label}`}`.trim()}>
      <div className={styles.head}>
        {machine ? <MachineName machine={machine} /> : <p>{machines && 'This machine is not in your list. It may have been deleted.'}</p>}
        <button type="button" className="button quiet small" onClick={onClose}>
          Close
        </button>
      </div>
      {machine && (
        <>
          <MachineStatusBadge machine={machine} />
          {machine.status === 'online' && <PingButton machineId={machine.machineId} />}
          <SharedToken machine={machine} />
          <LabelSection machine={machine} onLabel={selectLabel} />
          <MachineFacts machine={machine} />
          <MachineHistory machine={machine} />
          <MachineActions machine={machine} onDeleted={onClose} />
        </>
      )}
    </section>
  );
}

/** Focus comes with the details, and goes back where it was. */
function useFocusWhileOpen(panel: React.RefObject<HTMLElement | null>, machineId: string): void {
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      // Not when the user has gone elsewhere by then, as to another row.
      if (document.activeElement !== document.body || !(before instanceof HTMLElement)) {
        return;
      }
      before.focus({ preventScroll: true });
      if (document.activeElement !== before) {
        focusRowOf(machineId);
      }
    };
  }, [panel, machineId]);
}

// The row that it came from was not drawn while it was out of sight. It is again once the list has its old place.
function focusRowOf(machineId: string): void {
  const focus = () => document.querySelector<HTMLElement>(`[data-machine-id="${CSS.escape(machineId)}"] button`)?.focus({ preventScroll: true });
  requestAnimationFrame(() => requestAnimationFrame(focus));
}
