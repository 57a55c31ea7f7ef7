import { PageMessage } from '../../ui/PageMessage';
import { signInAddress } from '../signInAddress';
import { openSession } from '../sessionStore';

interface Props {
  signInUrl: string | null;
  reason: string;
  setting: string | null;
}

export function SignIn({ signInUrl, reason, setting }: Props) {
  if (setting !== null) {
    return (
      <PageMessage title="The service does not know this address" action={<TryAgain />}>
        <p>{reason}</p>
        <p>
          <code>{setting}</code>
        </p>
      </PageMessage>
    );
  }
  if (signInUrl === null) {
    return (
      <PageMessage title="Nobody can sign in yet">
        <p>{reason}</p>
        <p>
          Whoever runs it can set{' '}
          <code>quarkus.oidc.auth-server-url</code> to an OpenID provider, or <code>sessions.anonymous=true</code> to let anyone start.
        </p>
      </PageMessage>
    );
  }
  const signIn = (
    <a className="button primary" href={signInAddress()}>
      Sign in
    </a>
  );
  return (
    <PageMessage title="Sign in to see your machines" action={signIn}>
      <p>Register machines, let them connect, and see at once which are online.</p>
    </PageMessage>
  );
}

function TryAgain() {
  return (
    <button type="button" className="button primary" onClick={() => void openSession()}>
      Try again
    </button>
  );
}
