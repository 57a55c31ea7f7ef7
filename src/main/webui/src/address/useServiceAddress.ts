import { useEffect, useSyncExternalStore } from 'react';

import type { ServiceAddress } from '../http/contract.gen';
import { learnAddress, serviceAddress } from './addressStore';

export function useServiceAddress(): ServiceAddress | undefined {
  useEffect(() => void learnAddress(), []);
  return useSyncExternalStore(serviceAddress.subscribe, serviceAddress.get);
}
