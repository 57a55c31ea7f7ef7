import { sessionOf } from '../../session/sessionState';
import { useSession } from '../../session/useSession';
import { ALL, ME, ownerOf, ownerText } from '../../teams/owners';
import styles from './OwnerSwitch.module.css';

interface Props {
  owner: string;
  onChange: (owner: string) => void;
}

/** Whose machines the list shows; only for who has a choice. */
export function OwnerSwitch({ owner, onChange }: Props) {
  const session = sessionOf(useSession());
  if (session === null) {
    return null;
  }
  const { userId, teams, administrator } = session;
  const offered = [ME, ...teams.map(({ name }) => ownerOf(name)), ...(administrator ? [ALL] : [])];
  if (offered.length === 1 && owner === ME) {
    return null;
  }
  // An administrator may have come by a link to an owner that is none of these.
  const choices = offered.includes(owner) ? offered : [...offered, owner];
  return (
    <label className={styles.switch}>
      Machines of{' '}
      <select value={owner} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === ALL ? 'Everyone' : choice === ME ? 'Me' : ownerText(choice, userId)}
          </option>
        ))}
      </select>
    </label>
  );
}
