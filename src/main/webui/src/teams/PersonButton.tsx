import { useState } from 'react';

import { sessionOf } from '../session/sessionState';
import { useSession } from '../session/useSession';
import { Dialog } from '../ui/Dialog';
import { teamsText } from './teamsText';

/** Who is signed in, and the teams; who is here without an account is nobody in particular. */
export function PersonButton() {
  const session = sessionOf(useSession());
  const [open, setOpen] = useState(false);
  if (session === null || session.anonymous) {
    return null;
  }
  const { name, userId, teams, administrator } = session;
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setOpen(true)}>
        Account
      </button>
      {open && (
        <Dialog title="Who you are here" onClose={() => setOpen(false)}>
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
      )}
    </>
  );
}
