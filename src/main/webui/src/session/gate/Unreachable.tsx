import { ProblemError, secondsText, TOO_MANY_REQUESTS } from '../../http/request';
import { useTicking } from '../../ui/clock';
import { PageMessage } from '../../ui/PageMessage';
import { openSession } from '../sessionStore';

interface Props {
  failure: Error;
  /** When the page tries again, in milliseconds since the epoch by the browser's clock. */
  retryAt: number;
}

/** No session could be found or started for now: the page tries again by itself. */
export function Unreachable({ failure, retryAt }: Props) {
  if (failure instanceof ProblemError && failure.problem.status === TOO_MANY_REQUESTS) {
    return <TooManyRequests retryAt={retryAt} />;
  }
  const now = (
    <button type="button" className="button primary" onClick={() => void openSession()}>
      Try now
    </button>
  );
  const answered = failure instanceof ProblemError;
  return (
    <PageMessage title={answered ? 'The service cannot work at the moment' : 'The service cannot be reached'} action={now}>
      {answered && <p>{failure.message}</p>}
      <p>This page keeps trying and goes on by itself.</p>
    </PageMessage>
  );
}

// No button: one more request is what the service does not want.
function TooManyRequests({ retryAt }: Pick<Props, 'retryAt'>) {
  const again = useTicking(() => inText(retryAt - Date.now()));
  return (
    <PageMessage title="Too many requests">
      <p>
        {/* Read aloud each second, it would be a nuisance. */}
        This page tries again by itself<span aria-hidden="true"> {again}</span>.
      </p>
    </PageMessage>
  );
}

function inText(millis: number): string {
  return millis <= 0 ? 'now' : `in ${secondsText(Math.ceil(millis / 1_000))}`;
}
