import { teamNameOf } from '../../teams/owners';
import { NameForm } from '../name/NameForm';
import type { MachineRegistration } from '../types';
import { useCreateMachine } from './useCreateMachine';

interface Props {
  /** Whose machines are looked at. */
  owner: string;
  onMaking: (making: boolean) => void;
  onCreated: (registration: MachineRegistration) => void;
  onCancel: () => void;
}

export function CreateMachineForm({ owner, onMaking, onCreated, onCancel }: Props) {
  const { createMachine, isCreating, error } = useCreateMachine();
  const team = teamNameOf(owner);
  const create = (name: string) => {
    onMaking(true);
    // The error is shown below.
    void createMachine(name, owner)
      .then(onCreated, () => undefined)
      .finally(() => onMaking(false));
  };
  return (
    <NameForm action="Add machine" onName={create} isAdding={isCreating} error={error} onCancel={onCancel}>
      {team !== null && (
        <p>
          It will belong to the team <strong>{team}</strong>.
        </p>
      )}
    </NameForm>
  );
}
