import { useState } from 'react';

import { useAction } from '../../action/useAction';
import { teamNameOf } from '../../teams/owners';
import { createMachine } from '../machineApi';
import type { CreateMachineReturn, MachineRegistration } from '../types';
import { newMachineId } from './machineId';

// What is added while the machines of everyone show is one's own.
const create = (machineId: string, name: string, owner: string): Promise<MachineRegistration> =>
  createMachine({ machineId, name, ...(teamNameOf(owner) !== null && { owner }) });

/** Registers one machine. The service makes its secret; its id stays the same, so that trying again registers no second one. */
export function useCreateMachine(): CreateMachineReturn {
  const [machineId] = useState(newMachineId);
  const { run, isRunning, error } = useAction(create);
  return { createMachine: (name, owner) => run(machineId, name, owner), isCreating: isRunning, error };
}
