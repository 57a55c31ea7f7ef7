import { Notice } from '../ui/Notice';
import { retryFeed } from './machineStore';
import { useConnection } from './useMachines';

/** Says so while the list may be out of date. */
export function ConnectionNotice() {
  const { connection } = useConnection();
  if (connection !== 'lost') {
    return null;
  }
  const now = (
    <button type="button" className="button small" onClick={retryFeed}>
      Reconnect now
    </button>
  );
  return <Notice action={now}>Connection lost, reconnecting… The list may be out of date.</Notice>;
}
