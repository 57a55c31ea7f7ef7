import { mayNotify } from '../../ui/browserPermission';
import { FeedConnection } from './FeedConnection';
import type { Feed, FeedMessage } from './messages';
import { SharedFeed } from './SharedFeed';

const HIDDEN_FOR = 60_000;

/** Tabs share the stream of a SharedWorker. Where a browser has none, each tab that is being looked at opens its own. */
export function joinFeed(receive: (message: FeedMessage) => void): Feed {
  return typeof SharedWorker === 'undefined' ? ownFeed(receive) : sharedFeed(receive);
}

function sharedFeed(receive: (message: FeedMessage) => void): Feed {
  let shared: SharedFeed | undefined;
  let own: Feed | undefined;
  let watchAgain: (() => void) | undefined;
  const end = () => {
    shared?.end();
    shared = undefined;
    own?.leave();
  };
  const watch = (owner: string, userId: string) => {
    end();
    watchAgain = () => watch(owner, userId);
    if (own) {
      own.watch(owner, userId);
    } else {
      shared = new SharedFeed(owner, userId, receive, () => {
        own ??= ownFeed(receive);
        watchAgain?.();
      });
    }
  };
  // A worker is not told when a tab is closed, and a page may come back from the browser's history.
  window.addEventListener('pagehide', end);
  window.addEventListener('pageshow', ({ persisted }) => persisted && watchAgain?.());
  return {
    watch,
    retry: () => (own ?? shared)?.retry(),
    leave: () => {
      end();
      watchAgain = undefined;
    },
  };
}

function ownFeed(receive: (message: FeedMessage) => void): Feed {
  const connection = new FeedConnection(receive);
  pauseWhileHidden(connection);
  return {
    watch: (owner) => {
      connection.owner = owner;
      connection.restart();
    },
    retry: () => connection.retry(),
    leave: () => connection.stop(),
  };
}

// A page that nobody sees shows nothing in vain, unless it shows notifications. While its stream is closed, its title must not say what
// it cannot know. Whoever looks at it again sends a retry.
function pauseWhileHidden(connection: FeedConnection): void {
  let timer: ReturnType<typeof setTimeout>;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(() => {
        if (connection.isOpen && !mayNotify()) {
          connection.pause();
        }
      }, HIDDEN_FOR);
    }
  });
}
