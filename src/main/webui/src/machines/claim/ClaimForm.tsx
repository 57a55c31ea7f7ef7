import { NameForm } from '../name/NameForm';
import styles from './ClaimForm.module.css';
import type { Claim } from './claimLink';

interface Props {
  claim: Claim;
  onName: (name: string) => void;
  isClaiming: boolean;
  error: Error | null;
  onCancel: () => void;
}

/** Whoever opens a link may have it from anybody: what it says is compared with what the machine shows before it is named. */
export function ClaimForm({ claim, onName, isClaiming, error, onCancel }: Props) {
  return (
    <NameForm action="It is the same: add it" onName={onName} isAdding={isClaiming} error={error} onCancel={onCancel}>
      <p>A machine asks to be added to your list. Go on only if the machine itself shows the same:</p>
      <dl className={styles.compare}>
        <dt>Machine</dt>
        <dd>
          <code>{grouped(claim.machineId)}</code>
        </dd>
        <dt>Hash</dt>
        <dd>
          <code>{grouped(claim.secretHash)}</code>
        </dd>
      </dl>
    </NameForm>
  );
}

/** In fours, as the machine prints it. */
function grouped(text: string): string {
  return text.replace(/.{4}(?=.)/g, '$& ');
}
