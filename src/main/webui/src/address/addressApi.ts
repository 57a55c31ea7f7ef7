import type { ServiceAddress } from '../http/contract.gen';
import { request } from '../http/request';
import { basePath } from '../http/servicePath';

/** Where this browser is. */
export function ownAddress(): string {
  return window.location.origin + basePath;
}

/** What the service knows of that. */
export async function getAddress(): Promise<ServiceAddress> {
  return (await request('GET', `/api/address?at=${encodeURIComponent(ownAddress())}`)) as ServiceAddress;
}
