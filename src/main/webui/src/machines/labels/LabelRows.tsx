import { useEffect, useId, useRef } from 'react';

import styles from './LabelRows.module.css';
import { withNewRow, type LabelRow } from './labelRows';

interface Props {
  rows: readonly LabelRow[];
  /** What is wrong, by the ids of the rows. */
  faults: ReadonlyMap<number, string>;
  onChange: (rows: readonly LabelRow[]) => void;
}

/** Labels as somebody writes them: a key and a value each. */
export function LabelRows({ rows, faults, onChange }: Props) {
  const group = useRef<HTMLDivElement>(null);
  const firstFault = [...faults.keys()][0];
  useEffect(() => {
    if (firstFault !== undefined) {
      group.current?.querySelector<HTMLElement>(`[data-row="${firstFault}"] input`)?.focus();
    }
  }, [faults, firstFault]);

  const add = () => {
    onChange(withNewRow(rows));
    requestAnimationFrame(() => group.current?.querySelector<HTMLElement>('[data-row]:last-of-type input')?.focus());
  };
  const remove = (id: number) => {
    onChange(rows.filter((row) => row.id !== id));
    group.current?.querySelector<HTMLElement>('[data-add]')?.focus();
  };
  return (
    <div ref={group} className={styles.rows} role="group" aria-label="Labels">
      {rows.map((row, index) => (
        <OneRow
          key={row.id}
          row={row}
          place={index + 1}
          fault={faults.get(row.id)}
          onChange={(changed) => onChange(rows.map((other) => (other.id === row.id ? changed : other)))}
          onRemove={() => remove(row.id)}
        />
      ))}
      <button type="button" className="button small" data-add onClick={add}>
        Add a label
      </button>
    </div>
  );
}

interface RowProps {
  row: LabelRow;
  place: number;
  fault: string | undefined;
  onChange: (row: LabelRow) => void;
  onRemove: () => void;
}

function OneRow({ row, place, fault, onChange, onRemove }: RowProps) {
  const faultId = useId();
  const said = { autoComplete: 'off', spellCheck: false, 'aria-invalid': fault !== undefined, 'aria-describedby': faultId } as const;
  return (
    <div className={styles.row} data-row={row.id}>
      <input {...said} aria-label={`Key ${place}`} placeholder="env" value={row.key} onChange={(event) => onChange({ ...row, key: event.target.value })} />
      <span aria-hidden="true">=</span>
      <input
        {...said}
        aria-label={`Value ${place}`}
        placeholder="prod"
        dir="auto"
        value={row.value}
        onChange={(event) => onChange({ ...row, value: event.target.value })}
      />
      <button type="button" className="button quiet small" aria-label={`Remove label ${row.key || place}`} onClick={onRemove}>
        ×
      </button>
      <p id={faultId} className={styles.fault} role="alert">
        {fault}
      </p>
    </div>
  );
}
