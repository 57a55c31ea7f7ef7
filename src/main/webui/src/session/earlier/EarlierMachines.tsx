import type { ReactNode } from 'react';

import { later } from '../../ui/later';
import { Notice } from '../../ui/Notice';

interface Props {
  /** what is shown where there is nothing to ask */
  children: ReactNode;
}

/** Loads the question when somebody has signed in where another person was: nobody else needs it. */
export const EarlierMachines = later<Props>(
  async () => (await import('./EarlierMachinesQuestion')).EarlierMachinesQuestion,
  (tryAgain, { children }) => (
    <>
      {children}
      <Notice
        action={
          <button type="button" className="button small" onClick={tryAgain}>
            Try again
          </button>
        }
      >
        A part of the page did not load, which would ask whether machines of your earlier session come along.
      </Notice>
    </>
  ),
);
