import { useId, useMemo } from 'react';

import { ProblemError } from '../../http/request';
import { ME, ownerText, teamNameOf } from '../../teams/owners';
import { Field } from '../../ui/Field';
import { useMachines } from '../store/useMachines';
import styles from './HandOver.module.css';
import { ANOTHER_PERSON, ANOTHER_TEAM, choicesOf, type Heirs } from './useHeirs';

interface Props {
  heirs: Heirs;
  choice: string;
  onChoice: (choice: string) => void;
  typed: string;
  onTyped: (typed: string) => void;
  error: Error | null;
}

/** Who shall own a machine: one of those that the page knows, or one whom an administrator names. */
export function NewOwner({ heirs, choice, onChoice, typed, onTyped, error }: Props) {
  const id = useId();
  const violation = error instanceof ProblemError ? error.violationOf('owner') : undefined;
  const isTeam = choice === ANOTHER_TEAM;
  const isNamed = isTeam || choice === ANOTHER_PERSON;
  return (
    <>
      <div className={styles.choice}>
        <label htmlFor={id}>New owner</label>
        <select id={id} value={choice} onChange={(event) => onChoice(event.target.value)} data-autofocus>
          {choicesOf(heirs).map((heir) => (
            <option key={heir} value={heir}>
              {textOf(heir)}
            </option>
          ))}
        </select>
      </div>
      {isNamed && (
        <div className={styles.named}>
          <Field
            label={isTeam ? 'Name of the team' : 'ID of the person'}
            value={typed}
            onChange={(event) => onTyped(event.target.value)}
            hint={
              isTeam
                ? 'As the OpenID provider names it, without a role. The service has no list of teams: check the spelling.'
                : 'They find it under “Account”. The service has no list of people: check the spelling.'
            }
            error={violation && `The owner ${violation}.`}
            list={`${id}-seen`}
            spellCheck={false}
          />
          <SeenOwners id={`${id}-seen`} teams={isTeam} />
        </div>
      )}
    </>
  );
}

/** Those who own machines that the list shows. */
function SeenOwners({ id, teams }: { id: string; teams: boolean }) {
  const { machines } = useMachines();
  const seen = useMemo(() => {
    const owners = new Set((machines ?? []).map(({ owner }) => owner));
    return [...owners].filter((owner) => (teamNameOf(owner) !== null) === teams).map((owner) => teamNameOf(owner) ?? owner);
  }, [machines, teams]);
  return (
    <datalist id={id}>
      {seen.map((owner) => (
        <option key={owner} value={owner} />
      ))}
    </datalist>
  );
}

function textOf(choice: string): string {
  switch (choice) {
    case ANOTHER_TEAM:
      return 'Another team…';
    case ANOTHER_PERSON:
      return 'Another person…';
    default:
      return choice === ME ? 'Me' : ownerText(choice, null);
  }
}
