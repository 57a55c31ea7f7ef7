import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';

import { FormProblem } from '../../action/FormProblem';
import { useAction } from '../../action/useAction';
import { changeMachine } from '../machineApi';
import type { Machine } from '../types';
import styles from './MachineName.module.css';
import { NameField } from './NameField';

interface Props {
  machine: Machine;
  onDone: () => void;
}

export function RenameForm({ machine, onDone }: Props) {
  const [name, setName] = useState(machine.name);
  const { run, isRunning, error } = useAction(changeMachine);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const input = form.current?.querySelector('input');
    input?.focus();
    input?.select();
  }, []);


  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(machine.machineId, { name }).then(onDone, () => undefined);
  };
  const cancelOnEscape = ({ key }: KeyboardEvent) => key === 'Escape' && onDone();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape, beside the Cancel button
    <form ref={form} className={styles.form} onSubmit={submit} onKeyDown={cancelOnEscape} noValidate>
      <NameField value={name} onChange={setName} error={error} />
      <FormProblem error={error} />
      <div className="actions">
        <button type="button" className="button small" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="button primary small" disabled={isRunning}>
          Save
        </button>
      </div>
    </form>
  );
}
