import { useSession } from '../session/useSession';
import { ALL, isAtLeast, ME, roleFor, teamNameOf, type Role } from './owners';

/**
 * Whether the person is at least this for the owner's machines. While a session has ended nobody knows, and what is open stays open:
 * the service decides. A service of the version before does not say who owns a machine; there it is the person.
 */
export function useIsAtLeast(role: Role, owner: string | undefined): boolean {
  const state = useSession();
  return state.phase !== 'active' || isAtLeast(roleFor(state.session, owner ?? ME), role);
}

/** Whether a machine can be added to this view: what is added among all is the person's own, and to another person's list nothing is. */
export function useMayAdd(owner: string): boolean {
  const isOperator = useIsAtLeast('operator', owner === ALL ? ME : owner);
  return isOperator && (owner === ME || owner === ALL || teamNameOf(owner) !== null);
}
