import { createMachine } from './machineApi';
import type { CreateMachineReturn, MachineRegistration } from './types';
import { useAction } from './useAction';

// The name alone: the service makes id and secret.
const create = (name: string): Promise<MachineRegistration> => createMachine({ name });

export function useCreateMachine(): CreateMachineReturn {
  const { run, isRunning, error } = useAction(create);
  return { createMachine: run, isCreating: isRunning, error };
}
