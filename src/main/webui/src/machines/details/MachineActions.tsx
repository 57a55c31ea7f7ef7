import { useState } from 'react';

import { useIsAtLeast } from '../../teams/useRole';
import { laterDialog } from '../../ui/later';
import { choicesOf, useHeirs } from '../owner/useHeirs';
import type { Machine } from '../types';
import styles from './MachineActions.module.css';

interface Props {
  machine: Machine;
  onDeleted: () => void;
}

const DeleteMachineDialog = laterDialog(async () => (await import('./DeleteMachineDialog')).DeleteMachineDialog);
const HandOverDialog = laterDialog(async () => (await import('../owner/HandOver')).HandOverDialog);
const RotateTokenDialog = laterDialog(async () => (await import('../token/RotateTokenDialog')).RotateTokenDialog);

export function MachineActions({ machine, onDeleted }: Props) {
  const [open, setOpen] = useState<'rotate' | 'handOver' | 'delete'>();
  const mayRotate = useIsAtLeast('operator', machine.owner);
  const mayDelete = useIsAtLeast('admin', machine.owner);
  const hasHeirs = choicesOf(useHeirs(machine.owner)).length > 0;
  const close = () => setOpen(undefined);
  return (
    <div className={styles.actions}>
      {mayRotate && (
        <button type="button" className="button small" onClick={() => setOpen('rotate')}>
          New token…
        </button>
      )}
      {mayDelete && hasHeirs && (
        <button type="button" className="button small" onClick={() => setOpen('handOver')}>
          Hand over…
        </button>
      )}
      {mayDelete && (
        <button type="button" className={`button small ${styles.delete}`} onClick={() => setOpen('delete')}>
          Delete…
        </button>
      )}
      {open === 'rotate' && <RotateTokenDialog machine={machine} onClose={close} />}
      {open === 'handOver' && <HandOverDialog machine={machine} onClose={close} />}
      {open === 'delete' && <DeleteMachineDialog machine={machine} onClose={close} onDeleted={onDeleted} />}
    </div>
  );
}
