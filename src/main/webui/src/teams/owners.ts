import type { SessionView, Team } from '../http/contract.gen';

export type Role = Team['role'];

/** What the service calls the caller, as an owner. */
export const ME = 'me';
/** Everything that the caller sees. */
export const ALL = 'all';

const TEAM = 'team:';
const RANKS: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

export function ownerOf(teamName: string): string {
  return `${TEAM}${teamName}`;
}

/** Null where the owner is no team. */
export function teamNameOf(owner: string): string | null {
  return owner.startsWith(TEAM) ? owner.slice(TEAM.length) : null;
}

/** Whether the service would show this person the machines of this owner. Administrators see all, also those of one person. */
export function maySee({ userId, teams, administrator }: SessionView, owner: string): boolean {
  return administrator || owner === ME || owner === userId || teams.some(({ name }) => ownerOf(name) === owner);
}

/** What a person is for an owner's machines; null for a stranger. */
export function roleFor({ userId, teams, administrator }: SessionView, owner: string): Role | null {
  if (administrator || owner === ME || owner === userId) {
    return 'admin';
  }
  return teams.find(({ name }) => ownerOf(name) === owner)?.role ?? null;
}

export function isAtLeast(role: Role | null, wanted: Role): boolean {
  return role !== null && RANKS[role] >= RANKS[wanted];
}

/** In words that people know: their own name is not in a machine's owner. */
export function ownerText(owner: string, userId: string | null): string {
  const team = teamNameOf(owner);
  if (team !== null) {
    return `Team ${team}`;
  }
  return owner === ALL ? 'All' : owner === ME || owner === userId ? 'Mine' : owner;
}
