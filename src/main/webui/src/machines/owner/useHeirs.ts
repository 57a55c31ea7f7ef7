import { sessionOf } from '../../session/sessionState';
import { useSession } from '../../session/useSession';
import { isAtLeast, ME, ownerOf, roleFor } from '../../teams/owners';

export interface Heirs {
  /** The person, and those of their teams in which they may register machines. */
  known: readonly string[];
  /** Whether they may name any other team or person: administrators may. */
  anybody: boolean;
}

// No owner is called so: the known ones are `me` and teams.
export const ANOTHER_TEAM = 'another team';
export const ANOTHER_PERSON = 'another person';

/** To whom the person may hand over a machine of this owner. */
export function useHeirs(owner: string): Heirs {
  const session = sessionOf(useSession());
  if (session === null) {
    return { known: [], anybody: false };
  }
  const teams = session.teams.map(({ name }) => ownerOf(name)).filter((team) => isAtLeast(roleFor(session, team), 'operator'));
  const known = [...(owner === session.userId ? [] : [ME]), ...teams.filter((team) => team !== owner)];
  return { known, anybody: session.administrator };
}

export function choicesOf({ known, anybody }: Heirs): string[] {
  return [...known, ...(anybody ? [ANOTHER_TEAM, ANOTHER_PERSON] : [])];
}

/** Empty as long as nobody is named. */
export function chosenOwner(choice: string, typed: string): string {
  const name = typed.trim();
  if (choice === ANOTHER_TEAM) {
    return name === '' ? '' : ownerOf(name);
  }
  return choice === ANOTHER_PERSON ? name : choice;
}
