import type { ApiToken } from '../http/contract.gen';
import { Copyable } from '../secret/Copyable';
import styles from '../secret/Secret.module.css';
import { ShownOnce } from '../secret/ShownOnce';
import type { Shown } from '../secret/useShownOnce';
import { CopyButton } from '../ui/CopyButton';
import { exactDay } from '../ui/relativeTime';

interface Props {
  made: ApiToken;
  shown: Shown;
}

export function MadeToken({ made: { token, tokenId, expiresAt }, shown }: Props) {
  const note = `It is shown this once, and stored nowhere: keep it like a password. It ends on ${exactDay(expiresAt)}.`;
  return (
    <ShownOnce what="token" title="Give this to the program" note={note} secretId={tokenId} shown={shown}>
      <Copyable text={token} what="API token" />
      <CopyButton text={token} what="API token" primary onCopied={shown.onSafe} className={styles.copy} />
    </ShownOnce>
  );
}
