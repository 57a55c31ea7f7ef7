import type { Session } from '../http/contract.gen';
import { Dialog } from '../ui/Dialog';
import { teamsText } from './teamsText';

interface Props {
  session: Session;
  onClose: () => void;
}

/** Who is signed in, and the teams. */
export function PersonDialog({ session: { name, userId, teams, administrator }, onClose }: Props) {
  return (
    <Dialog title="Who you are here" onClose={onClose}>
      <p>
        You are signed in as <strong><bdi>{name ?? userId}</bdi></strong>.
      </p>
      <p>
        Your ID, by which an administrator can hand machines over to you: <code>{userId}</code>
      </p>
      {administrator && <p>You are an administrator: you see the machines of everyone, and may do everything with them.</p>}
      {teams.length === 0 ? (
        <p>You are in no team.</p>
      ) : (
        <ul>
          {teams.map((team) => (
            <li key={team.name}>
              <strong><bdi>{team.name}</bdi></strong>: {teamsText[team.role]}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
