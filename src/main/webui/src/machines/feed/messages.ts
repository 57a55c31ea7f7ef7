import type { Machine } from '../../http/contract.gen';

/** What the stream is doing. `lost` comes back by itself; `unauthorized` waits for a session. */
export type Connection = 'connecting' | 'live' | 'lost' | 'unauthorized';

/** How far the list can be trusted. Moments are the service's, in milliseconds since the epoch. */
export interface StreamState {
  connection: Connection;
  failures: number;
  /** The status that was answered instead, while it is lost; undefined where nothing answered. */
  refusal: number | undefined;
  /** When the stream said something for the last time, as of this message. */
  heardAt: number | undefined;
  /** Since when the service cannot reach its database, while that is so. */
  awaySince: number | undefined;
}

/** From the stream to the tabs. A snapshot brings the state along: no tab may show the one without the other. */
export type FeedMessage =
  | { type: 'snapshot'; machines: readonly Machine[]; state: StreamState }
  | { type: 'changes'; changed: readonly Machine[]; removed: readonly string[] }
  | { type: 'state'; state: StreamState }
  | TimeMessage;

/**
 * The service's time `now`, at `sentAt` by the browser's clock. A message can wait for long in a tab that stands still, and tabs
 * and worker share no other clock: their `performance.now()` begin at different moments.
 */
interface TimeMessage {
  type: 'time';
  now: number;
  sentAt: number;
}

/** A tab's share in the stream. */
export interface Feed {
  /** Joins the stream of what this person sees of this owner's machines, and leaves the one before. */
  watch: (owner: string, userId: string) => void;
  /** Somebody looks at the list: a stream that is lost comes back now instead of later. */
  retry: () => void;
  /** Leaves the stream, which goes on for other tabs. */
  leave: () => void;
}

/** From a tab to the worker: `join` and `leave` as the tab comes and goes, `retry` to come back now instead of later. */
export type FeedCommand = 'join' | 'leave' | 'retry';
