import type { Role } from './owners';

/** What a role may do with the machines of its team. */
export const teamsText: Record<Role, string> = {
  viewer: 'viewer. You see its machines.',
  operator: 'operator. You add its machines, rename them and give them new tokens.',
  admin: 'admin. You also delete its machines and hand them over.',
};
