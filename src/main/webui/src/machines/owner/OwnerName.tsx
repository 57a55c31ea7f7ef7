import { userOf } from '../../session/sessionState';
import { useSession } from '../../session/useSession';
import { ALL, ownerText } from '../../teams/owners';
import styles from '../LineBelowName.module.css';
import { usePageAddress } from '../view/usePageAddress';

interface Props {
  owner: string;
}

export function OwnerName({ owner }: Props) {
  const userId = userOf(useSession());
  return <bdi>{owner === userId ? 'You' : ownerText(owner, userId)}</bdi>;
}

/** In a row, only where the list shows the machines of several owners. */
export function OwnerLine({ owner }: Props) {
  return usePageAddress().owner === ALL ? (
    <div className={styles.line}>
      <OwnerName owner={owner} />
    </div>
  ) : null;
}
