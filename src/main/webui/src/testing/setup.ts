import '@testing-library/jest-dom/vitest';

import { cleanup, configure } from '@testing-library/react';

import { FakeChannel } from './FakeChannel';
import { FakeEventSource } from './FakeEventSource';
import { FakeSharedWorker } from './FakeSharedWorker';

// A machine that is busy with other builds is slow.
configure({ asyncUtilTimeout: 10_000 });

// What jsdom does not have.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};
document.documentElement.style.fontSize = '16px';
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} });
window.matchMedia = (query) =>
  Object.assign(new EventTarget(), { matches: false, media: query }) as unknown as MediaQueryList;
vi.stubGlobal('EventSource', FakeEventSource);
vi.stubGlobal('BroadcastChannel', FakeChannel);

afterEach(async () => {
  const { history } = window;
  const guarded = (history.state as { leaveGuard?: boolean } | null)?.leaveGuard === true;
  const left = guarded && new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  cleanup();
  await left;
  localStorage.clear();
  window.history.replaceState(null, '', '/app/');
  FakeEventSource.all.length = 0;
  FakeSharedWorker.all.length = 0;
});
