import { SessionMessage } from './SessionMessage';

interface Props {
  signInUrl: string | null;
}

export function SignIn({ signInUrl }: Props) {
  if (signInUrl === null) {
    return (
      <SessionMessage title="Nobody can sign in yet">
        <p>
          This service starts no anonymous sessions and does not say where to sign in. Whoever runs it can set{' '}
          <code>sessions.sign-in-url</code> to a sign-in page, or <code>sessions.anonymous=true</code> to let anyone start.
        </p>
      </SessionMessage>
    );
  }
  const signIn = (
    <a className="button primary" href={signInUrl}>
      Sign in
    </a>
  );
  return (
    <SessionMessage title="Sign in to see your machines" action={signIn}>
      <p>Register machines, let them connect, and see at once which are online.</p>
    </SessionMessage>
  );
}
