import { ALL, teamNameOf } from '../../teams/owners';
import { Message } from '../../ui/Message';

interface Props {
  owner: string;
  onMine: () => void;
}

/** In place of a list that a link asks for, and that the person may not see. */
export function UnseenOwner({ owner, onMine }: Props) {
  const mine = (
    <button type="button" className="button primary" onClick={onMine}>
      Show my machines
    </button>
  );
  return (
    <Message title="You cannot see these machines" action={mine}>
      <p>{reasonOf(owner)}</p>
    </Message>
  );
}

function reasonOf(owner: string): string {
  const team = teamNameOf(owner);
  if (team !== null) {
    return `This link shows the machines of the team “${team}”, and you are not in it. Whoever manages your teams can add you; then sign in again.`;
  }
  return owner === ALL
    ? 'This link shows the machines of everyone, which only administrators see.'
    : 'This link shows the machines of somebody else, which only they and administrators see.';
}
