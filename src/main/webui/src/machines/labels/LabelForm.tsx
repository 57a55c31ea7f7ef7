import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';

import { useAction } from '../../action/useAction';
import { changeMachine } from '../machineApi';
import type { Machine } from '../types';
import { LabelProblem } from './LabelProblem';
import { LabelRows } from './LabelRows';
import { faultsIn, labelsIn, patchOf, rowsOf, withNewRow } from './labelRows';
import styles from './LabelRows.module.css';
import { labelsOf } from './labelRules';

interface Props {
  machine: Machine;
  onDone: () => void;
}

const NONE: ReadonlyMap<number, string> = new Map();

/** Adds labels, changes them and takes them away. What others change meanwhile stays as they have it. */
export function LabelForm({ machine, onDone }: Props) {
  const [before] = useState(() => labelsOf(machine));
  const [rows, setRows] = useState(() => withNewRow(rowsOf(before)));
  const [faults, setFaults] = useState(NONE);
  const { run, isRunning, error } = useAction(changeMachine);
  const form = useRef<HTMLFormElement>(null);
  // Where one writes the new one.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-row]:last-of-type input')?.focus(), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultsIn(rows);
    setFaults(found);
    const labels = patchOf(before, labelsIn(rows));
    if (found.size > 0) {
      return;
    }
    if (labels === undefined) {
      onDone();
    } else {
      run(machine.machineId, { labels }).then(onDone, () => undefined);
    }
  };
  const cancelOnEscape = ({ key }: KeyboardEvent) => key === 'Escape' && onDone();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, beside the Cancel button
    <form ref={form} className={styles.form} aria-label="Labels of this machine" onSubmit={submit} onKeyDown={cancelOnEscape} noValidate>
      <LabelRows rows={rows} faults={faults} onChange={setRows} />
      <LabelProblem error={error} />
      <div className="actions">
        <button type="button" className="button small" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="button primary small" disabled={isRunning}>
          {isRunning ? 'Saving…' : 'Save'}
        </button>
      </div>
    </form>
  );
}
