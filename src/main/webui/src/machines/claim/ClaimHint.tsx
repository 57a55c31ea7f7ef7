import { ownAddress } from '../../address/addressApi';
import { useServiceAddress } from '../../address/useServiceAddress';
import { CopyButton } from '../../ui/CopyButton';
import styles from './ClaimHint.module.css';

/** The other way round: the machine begins, and no token goes through anybody's hands. */
export function ClaimHint() {
  const service = useServiceAddress()?.url ?? ownAddress();
  const command = `curl -fsSL ${service}/agent.sh | sh`;
  return (
    <details className={styles.hint}>
      <summary>Or begin at the machine</summary>
      <p>Run this line on the machine, and open the link that it prints, here or on your phone. You name it then, and no token is copied.</p>
      <code>{command}</code>
      <CopyButton text={command} what="line" />
    </details>
  );
}
