import { useCallback, useEffect, useState, type ComponentType, type ReactNode } from 'react';

import { Notice } from '../../ui/Notice';

interface Props {
  /** what is shown where there is nothing to ask */
  children: ReactNode;
}

/** Loads the question when somebody has signed in where another person was: nobody else needs it. */
export function EarlierMachines({ children }: Props) {
  const [Question, setQuestion] = useState<ComponentType<Props> | null>(null);
  const [failed, setFailed] = useState(false);
  const load = useCallback(() => {
    import('./EarlierMachinesQuestion').then(
      ({ EarlierMachinesQuestion }) => setQuestion(() => EarlierMachinesQuestion),
      () => setFailed(true),
    );
  }, []);
  useEffect(load, [load]);
  if (Question !== null) {
    return <Question>{children}</Question>;
  }
  const again = (
    <button type="button" className="button small" onClick={load}>
      Try again
    </button>
  );
  return failed ? (
    <>
      {children}
      <Notice action={again}>A part of the page did not load, which would ask whether machines of your earlier session come along.</Notice>
    </>
  ) : null;
}
