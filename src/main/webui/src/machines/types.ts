import type { Machine, MachineRegistration } from '../http/contract.gen';

export type { Machine, MachineDetails, MachineRegistration, MachineStatus } from '../http/contract.gen';

export interface MachinesData {
  /** By name; undefined while they are not known. */
  machines: readonly Machine[] | undefined;
  loading: boolean;
  error: Error | null;
}

export interface CreateMachineReturn {
  createMachine: (name: string, owner: string) => Promise<MachineRegistration>;
  isCreating: boolean;
  error: Error | null;
}
