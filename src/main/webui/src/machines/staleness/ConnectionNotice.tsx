import { useState } from 'react';

import { TOO_MANY_REQUESTS } from '../../http/request';
import { Notice } from '../../ui/Notice';
import { retryFeed } from '../store/machineStore';
import { useStaleness, useStreamState } from '../store/useMachines';
import { notLiveText } from './notLiveText';
import { useAsOf } from './useAsOf';

/** Says so while the list may be out of date. Once it is not any more, people who cannot see that are told. */
export function ConnectionNotice() {
  const { connection, refusal } = useStreamState();
  const stale = useStaleness();
  const asOf = useAsOf();
  const wasStale = useHasBeen(stale !== undefined);

  if (!stale || asOf === undefined) {
    return wasStale && <p className="visually-hidden">The list is live again.</p>;
  }
  if (stale.cause === 'databaseAway') {
    return <Notice>The service cannot reach its database. Status as of {asOf}.</Notice>;
  }
  // A session that has ended does not come back by itself.
  if (connection === 'unauthorized') {
    return <Notice>{notLiveText(asOf)}.</Notice>;
  }
  // No button: one more request is what is not wanted.
  return refusal === TOO_MANY_REQUESTS ? (
    <Notice>{notLiveText(asOf)}. Too many requests come from here: this page waits, and tries again by itself.</Notice>
  ) : (
    <Notice action={<ReconnectButton />}>
      {notLiveText(asOf)}. {refusal !== undefined && `The service answered with ${refusal}. `}Reconnecting…
    </Notice>
  );
}

function ReconnectButton() {
  return (
    <button type="button" className="button small" onClick={retryFeed}>
      Reconnect now
    </button>
  );
}

function useHasBeen(now: boolean): boolean {
  const [hasBeen, setHasBeen] = useState(now);
  if (now && !hasBeen) {
    setHasBeen(true);
  }
  return hasBeen;
}
