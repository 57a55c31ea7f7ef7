import { useEffect, useSyncExternalStore } from 'react';

import { learnServiceInfo, serviceInfo, type ServiceInfo } from './serviceInfo';

/** What the service says of itself; undefined until it has said so, and where it does not. */
export function useServiceInfo(): ServiceInfo | undefined {
  useEffect(learnServiceInfo, []);
  return useKnownServiceInfo();
}

/** The same for the rows of a list, which come and go by the hundred and ask nobody. */
export function useKnownServiceInfo(): ServiceInfo | undefined {
  return useSyncExternalStore(serviceInfo.subscribe, serviceInfo.get);
}
