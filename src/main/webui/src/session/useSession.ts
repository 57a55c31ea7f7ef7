import { useSyncExternalStore } from 'react';

import { sessionState, type SessionState } from './sessionState';

export function useSession(): SessionState {
  return useSyncExternalStore(sessionState.subscribe, sessionState.get);
}
