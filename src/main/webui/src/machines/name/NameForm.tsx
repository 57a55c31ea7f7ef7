import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';

import { FormProblem } from '../../action/FormProblem';
import { NameField } from './NameField';

interface Props {
  /** What is said of the machine that is to be named. */
  children: ReactNode;
  /** What the button says. */
  action: string;
  onName: (name: string) => void;
  isAdding: boolean;
  error: Error | null;
  onCancel: () => void;
}

/** Gives a new machine its name. */
export function NameForm({ children, action, onName, isAdding, error, onCancel }: Props) {
  const [name, setName] = useState('');
  const form = useRef<HTMLFormElement>(null);
  // The dialog may have been open before, while the service was asked for the machine.
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onName(name);
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      {children}
      <NameField value={name} onChange={setName} error={error} hint="What you call it. You can change it later." />
      <FormProblem error={error} />
      <div className="actions">
        <button type="button" className="button" disabled={isAdding} onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={isAdding}>
          {isAdding ? 'Adding…' : action}
        </button>
      </div>
    </form>
  );
}
