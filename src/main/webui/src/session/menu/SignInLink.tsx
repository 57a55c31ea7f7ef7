import { useServiceInfo } from '../../version/useServiceInfo';
import { signInAddress } from '../signInAddress';

/** For who is here without an account, and could have one: their machines can come along. */
export function SignInLink() {
  return useServiceInfo()?.signIn?.configured ? (
    <a className="button quiet" href={signInAddress()}>
      Sign in
    </a>
  ) : null;
}
