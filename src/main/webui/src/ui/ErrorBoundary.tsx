import { Component, type ReactNode } from 'react';

import { PageMessage } from './PageMessage';

interface Props {
  children: ReactNode;
}

/** Says so where a fault of the page's own keeps it from showing anything. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) {
      return this.props.children;
    }
    const reload = (
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        Reload the page
      </button>
    );
    return (
      <PageMessage title="This page has a fault and cannot go on" action={reload}>
        <p>Your machines are not touched by it. If it comes again after a reload, tell whoever runs this service.</p>
      </PageMessage>
    );
  }
}
