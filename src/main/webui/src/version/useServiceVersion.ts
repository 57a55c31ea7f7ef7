import { useEffect, useState } from 'react';

import { request } from '../http/request';

// Its other parts, such as the commit, are of no use in the page.
interface ServiceInfo {
  build?: { version?: string };
}

/** The service's version; undefined until it has said so, and where it does not. */
export function useServiceVersion(): string | undefined {
  const [version, setVersion] = useState<string>();
  useEffect(() => {
    const asked = new AbortController();
    request('GET', '/q/info', undefined, asked.signal).then(
      (info) => setVersion((info as ServiceInfo).build?.version),
      // A page without its version is as good as another.
      () => undefined,
    );
    return () => asked.abort();
  }, []);
  return version;
}
