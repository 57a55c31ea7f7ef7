import { useState } from 'react';

import { Choice } from '../../ui/Choice';
import { OFFERED } from '../alert/alertTimes';
import { TimeOptions } from '../time/TimeOptions';
import { changing } from './bulk';
import { BulkDialog, type BulkProps } from './BulkDialog';

const UNCHOSEN = '';
const NEVER = 'never';

/** For how long each of them may be offline before somebody is told. */
export function AlertDialog(props: BulkProps) {
  const [after, setAfter] = useState(UNCHOSEN);
  return (
    <BulkDialog
      {...props}
      title={(machines) => `Tell of ${machines}`}
      action={(machines) => `Save for ${machines}`}
      past={(machines) => `${machines} changed`}
      work={() => (after === UNCHOSEN ? undefined : changing({ alertAfterSeconds: after === NEVER ? null : Number(after) }))}
    >
      <Choice label="Tell when offline for" value={after} onChange={(event) => setAfter(event.target.value)} data-autofocus>
        <option value={UNCHOSEN} disabled>
          choose…
        </option>
        <TimeOptions never={NEVER} times={OFFERED} />
      </Choice>
    </BulkDialog>
  );
}
