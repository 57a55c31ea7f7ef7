import { useEffect, useRef, useState } from 'react';

import { useIsAtLeast } from '../../teams/useRole';
import { later } from '../../ui/later';
import type { Machine } from '../types';
import { LabelChips } from './LabelChips';
import styles from './LabelChips.module.css';
import { labelsOf } from './labelRules';

interface Props {
  machine: Machine;
  onLabel: (selector: string) => void;
}

const LabelForm = later(async () => (await import('./LabelForm')).LabelForm);

/** A machine's labels in its details, and the way to change them for who may. */
export function LabelSection({ machine, onLabel }: Props) {
  const [editing, setEditing] = useState(false);
  const mayChange = useIsAtLeast('operator', machine.owner);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) {
      button.current?.focus();
    }
    wasEditing.current = editing;
  }, [editing]);

  const labels = labelsOf(machine);
  const hasSome = Object.keys(labels).length > 0;
  if (!hasSome && !mayChange) {
    return null;
  }
  return (
    <div className={styles.section}>
      <h3>Labels</h3>
      {editing ? (
        <LabelForm machine={machine} onDone={() => setEditing(false)} />
      ) : (
        <>
          {hasSome && <LabelChips labels={labels} onLabel={onLabel} />}
          {mayChange && (
            <button ref={button} type="button" className="button small" onClick={() => setEditing(true)}>
              {hasSome ? 'Edit labels' : 'Add labels'}
            </button>
          )}
        </>
      )}
    </div>
  );
}
