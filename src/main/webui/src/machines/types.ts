import type { MachineDetails as DetailsOfContract, Machine, MachineRegistration as RegistrationOfContract } from '../http/contract.gen';

export type { Machine, MachineStatus } from '../http/contract.gen';

/** A machine and its token, where the service made its secret. */
export type MachineRegistration = Required<RegistrationOfContract>;

/** A program that works on a machine on somebody's behalf. A newer version of the service may know other states. */
export interface Assistant {
  id: string;
  name?: string | null;
  directory?: string | null;
  state: string;
  model?: string | null;
  version?: string | null;
}

/** What machines tell since lately: replicas of the version before, which run beside newer ones for a while, do not pass it on. */
interface ToldLately {
  /** None while it is offline. */
  assistants?: readonly Assistant[];
  arch?: string | null;
  user?: string | null;
  address?: string | null;
  metadata?: Record<string, unknown> | null;
}

export type MachineDetails = Omit<DetailsOfContract, keyof ToldLately> & ToldLately;

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
