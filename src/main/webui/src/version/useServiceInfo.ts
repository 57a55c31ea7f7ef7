import { useEffect, useSyncExternalStore } from 'react';

import { learnServiceInfo, serviceInfo, type ServiceInfo } from './serviceInfo';

/** What the service says of itself; undefined until it has said so, and where it does not. */
export function useServiceInfo(): ServiceInfo | undefined {
  useEffect(learnServiceInfo, []);
  return useSyncExternalStore(serviceInfo.subscribe, serviceInfo.get);
}
