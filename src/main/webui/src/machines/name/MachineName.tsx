import { useEffect, useRef, useState } from 'react';

import { useIsAtLeast } from '../../teams/useRole';
import type { Machine } from '../types';
import { MachineLabel } from './MachineLabel';
import styles from './MachineName.module.css';
import { RenameForm } from './RenameForm';

interface Props {
  machine: Machine;
}

/** A machine's name, that can be changed in place. */
export function MachineName({ machine }: Props) {
  const [editing, setEditing] = useState(false);
  const mayRename = useIsAtLeast('operator', machine.owner);
  const button = useRef<HTMLButtonElement>(null);
  const edited = useRef(false);

  useEffect(() => {
    if (edited.current && !editing) {
      button.current?.focus();
    }
    edited.current = editing;
  }, [editing]);

  return editing ? (
    <>
      {/* What stands below has headings of its own, which want one above them. */}
      <h2 className="visually-hidden">
        <MachineLabel machine={machine} />
      </h2>
      <RenameForm machine={machine} onDone={() => setEditing(false)} />
    </>
  ) : (
    <div className={styles.name}>
      <h2>
        <MachineLabel machine={machine} />
      </h2>
      {mayRename && (
        <button ref={button} type="button" className="button quiet small" onClick={() => setEditing(true)}>
          Rename
        </button>
      )}
    </div>
  );
}
