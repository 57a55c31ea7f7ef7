import { Message } from '../ui/Message';

interface Props {
  signInUrl: string | null;
}

export function SignIn({ signInUrl }: Props) {
  return (
    <main>
      {signInUrl === null ? (
        <Message title="Nobody can sign in yet">
          <p>
            This service starts no anonymous sessions and does not say where to sign in. Whoever runs it can set{' '}
            <code>sessions.sign-in-url</code> to a sign-in page, or <code>sessions.anonymous=true</code> to let anyone start.
          </p>
        </Message>
      ) : (
        <Message
          title="Sign in to see your machines"
          action={
            <a className="button primary" href={signInUrl}>
              Sign in
            </a>
          }
        >
          <p>Register machines, let them connect, and see at once which are online.</p>
        </Message>
      )}
    </main>
  );
}
