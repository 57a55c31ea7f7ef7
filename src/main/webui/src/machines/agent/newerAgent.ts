const AGENT = /^(.+) (\d+(?:\.\d+)*)$/;

/**
 * The version of the service's agent, as in "1.4", where it is newer than the one that a machine runs; undefined where it is not, and
 * where the machine runs an agent of another kind.
 *
 * @param told as in "agent.sh 1.2"
 * @param current as in "agent.sh 1.4"
 */
export function newerAgent(told: string | null | undefined, current: string | undefined): string | undefined {
  const [, name, version] = AGENT.exec(told ?? '') ?? [];
  const [, ours, newest] = AGENT.exec(current ?? '') ?? [];
  return version !== undefined && name === ours && newest !== undefined && isNewer(newest, version) ? newest : undefined;
}

function isNewer(one: string, other: string): boolean {
  const ones = one.split('.').map(Number);
  const others = other.split('.').map(Number);
  const differs = ones.findIndex((number, index) => number !== (others[index] ?? 0));
  return differs >= 0 && (ones[differs] ?? 0) > (others[differs] ?? 0);
}
