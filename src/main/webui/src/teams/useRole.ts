import { sessionOf } from '../session/sessionState';
import { useSession } from '../session/useSession';
import { ALL, isAtLeast, ME, roleFor, teamNameOf, type Role } from './owners';

/**
 * Whether the person is at least this for the owner's machines. Once a session has ended, that is what they were: the service decides.
 * A service of the version before does not say who owns a machine; there it is the person.
 */
export function useIsAtLeast(role: Role, owner: string | undefined): boolean {
  const session = sessionOf(useSession());
  return session === null || isAtLeast(roleFor(session, owner ?? ME), role);
}

/** Whether a machine can be added to this view: what is added among all is the person's own, and to another person's list nothing is. */
export function useMayAdd(owner: string): boolean {
  const isOperator = useIsAtLeast('operator', owner === ALL ? ME : owner);
  return isOperator && (owner === ME || owner === ALL || teamNameOf(owner) !== null);
}
