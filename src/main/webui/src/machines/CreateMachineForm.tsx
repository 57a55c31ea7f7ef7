import { useState, type FormEvent } from 'react';

import { teamNameOf } from '../teams/owners';
import { FormProblem } from './FormProblem';
import { NameField } from './NameField';
import type { MachineRegistration } from './types';
import { useCreateMachine } from './useCreateMachine';

interface Props {
  /** Whose machines are looked at. */
  owner: string;
  onCreated: (registration: MachineRegistration) => void;
  onCancel: () => void;
}

export function CreateMachineForm({ owner, onCreated, onCancel }: Props) {
  const [name, setName] = useState('');
  const { createMachine, isCreating, error } = useCreateMachine();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The error is shown below.
    createMachine(name, owner).then(onCreated, () => undefined);
  };
  const team = teamNameOf(owner);
  return (
    <form onSubmit={submit} noValidate>
      {team !== null && (
        <p>
          It will belong to the team <strong>{team}</strong>.
        </p>
      )}
      <NameField value={name} onChange={setName} error={error} hint="What you call it. You can change it later." />
      <FormProblem error={error} />
      <div className="actions">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={isCreating}>
          {isCreating ? 'Adding…' : 'Add machine'}
        </button>
      </div>
    </form>
  );
}
