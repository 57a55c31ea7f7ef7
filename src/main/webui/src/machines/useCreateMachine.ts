import { teamNameOf } from '../teams/owners';
import { createMachine } from './machineApi';
import type { CreateMachineReturn, MachineRegistration } from './types';
import { useAction } from './useAction';

// The service makes id and secret. What is added while the machines of everyone show is one's own.
const create = (name: string, owner: string): Promise<MachineRegistration> =>
  createMachine({ name, ...(teamNameOf(owner) !== null && { owner }) });

export function useCreateMachine(): CreateMachineReturn {
  const { run, isRunning, error } = useAction(create);
  return { createMachine: run, isCreating: isRunning, error };
}
