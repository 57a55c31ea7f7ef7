import { PageMessage } from '../../ui/PageMessage';
import { startAnew } from '../sessionStore';
import { signInAddress } from '../signInAddress';

interface Props {
  hadAccount: boolean;
}

/** Leads back in whoever signed out, in the way that there is for the session that they had. */
export function SignedOut({ hadAccount }: Props) {
  return hadAccount ? (
    <PageMessage
      title="You are signed out"
      action={
        <a className="button primary" href={signInAddress()}>
          Sign in
        </a>
      }
    >
      <p>Your machines keep running and stay connected. Sign in to see them again.</p>
    </PageMessage>
  ) : (
    <PageMessage
      title="You are signed out"
      action={
        <button type="button" className="button primary" onClick={() => void startAnew()}>
          Start a new session
        </button>
      }
    >
      <p>Your machines keep running and stay connected. To see them again, sign in, or open the recovery link that you kept.</p>
    </PageMessage>
  );
}
