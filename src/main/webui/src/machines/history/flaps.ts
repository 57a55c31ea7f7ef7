import type { StatusChange } from '../../http/contract.gen';

export const HOUR = 3_600_000;
const CHANGES = 5;

/**
 * Whether a machine's status changed five times within the last hour, as the service counts for `flapping=true`: its registration is no
 * change.
 *
 * @param changes the newest first
 */
export function flaps(changes: readonly StatusChange[], now: number): boolean {
  const fifth = changes[CHANGES - 1];
  return fifth !== undefined && fifth.offlineReason !== 'never_connected' && fifth.at > now - HOUR;
}
