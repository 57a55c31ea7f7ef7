import type { ServiceAddress } from '../http/contract.gen';
import { Observable } from '../ui/observable';
import { getAddress } from './addressApi';

/** Where the service is reached; undefined while it has not said so. */
export const serviceAddress = new Observable<ServiceAddress | undefined>(undefined);

/** Asks once; where that fails, the browser's own address is as good as any. */
export async function learnAddress(): Promise<void> {
  if (serviceAddress.get() === undefined) {
    serviceAddress.set(await getAddress().catch(() => undefined));
  }
}
