import { useEffect, useState } from 'react';

import { request } from '../http/request';

// Its other parts, such as the commit, are of no use in the page.
export interface ServiceInfo {
  build?: { version?: string };
  /** Whether alerts go anywhere. */
  alerts?: { configured: boolean };
}

/** What the service says of itself; undefined until it has said so, and where it does not. */
export function useServiceInfo(): ServiceInfo | undefined {
  const [info, setInfo] = useState<ServiceInfo>();
  useEffect(() => {
    const asked = new AbortController();
    request('GET', '/q/info', undefined, asked.signal).then(
      (answer) => setInfo(answer as ServiceInfo),
      // A page without it is as good as another.
      () => undefined,
    );
    return () => asked.abort();
  }, []);
  return info;
}
