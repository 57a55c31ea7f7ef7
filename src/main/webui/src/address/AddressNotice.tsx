import { useState } from 'react';

import { basePath } from '../http/servicePath';
import { Notice } from '../ui/Notice';
import { isPlainHttp } from './isPlainHttp';
import { useServiceAddress } from './useServiceAddress';

const SEEN = `plain-http.seen${basePath}`;

/** Says so where the service does not know the address that the browser is at, or where others can read along. */
export function AddressNotice() {
  const address = useServiceAddress();
  const [seen, setSeen] = useState(localStorage.getItem(SEEN) !== null);
  if (address?.detail !== undefined) {
    return <Notice>{address.detail}</Notice>;
  }
  if (isPlainHttp(window.location) && !seen) {
    const dismiss = () => {
      localStorage.setItem(SEEN, 'yes');
      setSeen(true);
    };
    const gotIt = (
      <button type="button" className="button small" onClick={dismiss}>
        Got it
      </button>
    );
    return (
      <Notice action={gotIt}>
        This page came over plain http: whoever is on the network between can read along, tokens too. With TLS nobody can.
      </Notice>
    );
  }
  return null;
}
