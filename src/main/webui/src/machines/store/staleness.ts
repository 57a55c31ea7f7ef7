import type { StreamState } from '../feed/messages';

/** Why the list may not be true any more, and as of when it was. */
export interface Staleness {
  /** Of both, `notLive` hides the other: whether the database is away is not known then. */
  cause: 'notLive' | 'databaseAway';
  /** By the service's clock; undefined where nothing has been heard yet. */
  since: number | undefined;
}

export function stalenessOf({ connection, awaySince, heardAt }: StreamState): Staleness | undefined {
  if (connection !== 'live') {
    return { cause: 'notLive', since: awaySince ?? heardAt };
  }
  return awaySince === undefined ? undefined : { cause: 'databaseAway', since: awaySince };
}
