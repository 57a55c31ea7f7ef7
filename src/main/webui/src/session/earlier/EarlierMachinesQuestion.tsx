import { useCallback, useEffect, useState, type ReactNode } from 'react';

import { toError } from '../../http/request';
import { Notice } from '../../ui/Notice';
import { answerNotice } from '../shownNotice';
import { bringAlong, countEarlier, leaveBehind } from './earlierApi';

interface Props {
  /** what is shown where there is nothing to ask */
  children: ReactNode;
}

/** Asks who has signed in whether the machines come along that they had in this browser without an account. */
export function EarlierMachinesQuestion({ children }: Props) {
  const [machines, setMachines] = useState<number>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const fail = useCallback((failure: unknown) => setError(toError(failure)), []);
  const count = useCallback(() => {
    countEarlier().then((found) => {
      setError(undefined);
      setMachines(found);
    }, fail);
  }, [fail]);
  useEffect(count, [count]);
  const answer = (action: () => Promise<void>) => {
    setBusy(true);
    action()
      .then(answerNotice, fail)
      .finally(() => setBusy(false));
  };

  if (machines === 0) {
    return children;
  }
  if (machines === undefined) {
    return error && (
      <>
        {children}
        <Notice action={<Answer text="Try again" disabled={false} onClick={count} />}>
          Whether machines of your earlier session can come along is not known yet. {error.message}
        </Notice>
      </>
    );
  }
  const answers = (
    <>
      <Answer text={machines === 1 ? 'Bring it along' : 'Bring them along'} disabled={busy} onClick={() => answer(bringAlong)} />
      <Answer text="Leave behind" disabled={busy} onClick={() => answer(leaveBehind)} />
    </>
  );
  return (
    <Notice action={answers} loud>
      {machines === 1 ? 'One machine' : `${machines.toLocaleString()} machines`} of this browser’s earlier session, without an account: bring{' '}
      {machines === 1 ? 'it' : 'them'} along? What runs stays online, and is yours from then on. What you leave behind is in no list any more. {error?.message}
    </Notice>
  );
}

function Answer({ text, disabled, onClick }: { text: string; disabled: boolean; onClick: () => void }) {
  return (
    <button type="button" className="button small" disabled={disabled} onClick={onClick}>
      {text}
    </button>
  );
}
