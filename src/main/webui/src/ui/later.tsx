import { useEffect, useState, type ComponentType, type ReactNode } from 'react';

import { Dialog } from './Dialog';

interface Closing {
  onClose: () => void;
}

type Failure<P> = (tryAgain: () => void, props: P) => ReactNode;

/**
 * A part of the page that is loaded when it is shown first: until it is there nothing stands in its place.
 *
 * @param failure what is shown where it cannot be loaded
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, failure: Failure<P> = (tryAgain) => <NotLoaded tryAgain={tryAgain} />) {
  // A lazy component of React's would keep its failure for ever.
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [{ part: Part, failed }, setState] = useState({ part: loaded, failed: false });
    const asks = !Part && !failed;
    useEffect(() => {
      if (!asks) {
        return undefined;
      }
      let over = false;
      load().then(
        (part) => {
          loaded = part;
          if (!over) {
            setState({ part, failed: false });
          }
        },
        () => !over && setState({ part: undefined, failed: true }),
      );
      return () => {
        over = true;
      };
    }, [asks]);
    return Part ? <Part {...props} /> : failed && failure(() => setState({ part: undefined, failed: false }), props);
  };
}

/** As `later`, of a dialog: where it cannot be loaded, a dialog says so. */
export function laterDialog<P extends Closing>(load: () => Promise<ComponentType<P>>) {
  return later<P>(load, (tryAgain, { onClose }) => (
    <Dialog title="This did not load" onClose={onClose}>
      <NotLoaded tryAgain={tryAgain} />
    </Dialog>
  ));
}

function NotLoaded({ tryAgain }: { tryAgain: () => void }) {
  return (
    <div role="alert">
      <p className="problem">This part of the page could not be loaded. If that goes on, reload the page.</p>
      <button type="button" className="button small" onClick={tryAgain}>
        Try again
      </button>{' '}
      {/* Some browsers keep what failed, and a newer version of the service has other parts. */}
      <button type="button" className="button small" onClick={() => window.location.reload()}>
        Reload the page
      </button>
    </div>
  );
}
