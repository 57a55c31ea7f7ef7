import { useId, useState } from 'react';

import { OFFERED } from '../alert/alertTimes';
import { TimeOptions } from '../TimeOptions';
import { changing } from './bulk';
import { BulkDialog, type BulkProps } from './BulkDialog';
import styles from './Chosen.module.css';

const UNCHOSEN = '';
const NEVER = 'never';

/** For how long each of them may be offline before somebody is told. */
export function AlertDialog(props: BulkProps) {
  const id = useId();
  const [after, setAfter] = useState(UNCHOSEN);
  return (
    <BulkDialog
      {...props}
      title={(machines) => `Tell of ${machines}`}
      action={(machines) => `Save for ${machines}`}
      past={(machines) => `${machines} changed`}
      work={() => (after === UNCHOSEN ? undefined : changing({ alertAfterSeconds: after === NEVER ? null : Number(after) }))}
    >
      <div className={styles.choice}>
        <label htmlFor={id}>Tell when offline for</label>
        <select id={id} value={after} onChange={(event) => setAfter(event.target.value)} data-autofocus>
          <option value={UNCHOSEN} disabled>
            choose…
          </option>
          <TimeOptions never={NEVER} times={OFFERED} />
        </select>
      </div>
    </BulkDialog>
  );
}
