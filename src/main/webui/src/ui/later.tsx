import { useEffect, useState, type ComponentType } from 'react';

import { Dialog } from './Dialog';

interface Closing {
  onClose: () => void;
}

interface Loading<P> {
  part: ComponentType<P> | undefined;
  failed: boolean;
  tryAgain: () => void;
}

/** A part of the page that is loaded when it is shown first: until it is there nothing stands in its place. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const usePart = loader(load);
  return function Later(props: P) {
    const { part: Part, failed, tryAgain } = usePart();
    return Part ? <Part {...props} /> : failed && <NotLoaded tryAgain={tryAgain} />;
  };
}

/** As `later`, of a dialog: where it cannot be loaded, a dialog says so. */
export function laterDialog<P extends Closing>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const usePart = loader(load);
  return function LaterDialog(props: P) {
    const { part: Part, failed, tryAgain } = usePart();
    if (Part) {
      return <Part {...props} />;
    }
    return (
      failed && (
        <Dialog title="This did not load" onClose={props.onClose}>
          <NotLoaded tryAgain={tryAgain} />
        </Dialog>
      )
    );
  };
}

// A lazy component of React's would keep its failure for ever.
function loader<P>(load: () => Promise<ComponentType<P>>): () => Loading<P> {
  let loaded: ComponentType<P> | undefined;
  return function usePart() {
    const [state, setState] = useState({ part: loaded, failed: false });
    const asks = !state.part && !state.failed;
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
    return { ...state, tryAgain: () => setState({ part: undefined, failed: false }) };
  };
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
