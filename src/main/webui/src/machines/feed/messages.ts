import type { Machine } from '../../http/contract.gen';

/** What the stream is doing. `lost` comes back by itself; `unauthorized` waits for a session. */
export type Connection = 'connecting' | 'live' | 'lost' | 'unauthorized';

/** From the stream to the tabs. */
export type FeedMessage =
  | { type: 'snapshot'; machines: readonly Machine[] }
  | { type: 'changes'; changed: readonly Machine[]; removed: readonly string[] }
  | { type: 'connection'; connection: Connection; failures: number };

/**
 * From a tab to the stream: `join` and `leave` as the tab comes and goes, `restart` after the session changed, `retry` to come
 * back now instead of later, `stop` after signing out.
 */
export type FeedCommand = 'join' | 'leave' | 'restart' | 'retry' | 'stop';
