import { ME } from '../../teams/owners';
import { mayNotify } from '../alert/browserPermission';
import { FeedConnection } from './FeedConnection';
import type { Feed, FeedCommand, FeedMessage } from './messages';
import { SharedFeed } from './SharedFeed';

const HIDDEN_FOR = 60_000;

/** All tabs share the stream of one SharedWorker. Where a browser has none, each tab that is being looked at opens its own. */
export function joinFeed(receive: (message: FeedMessage) => void): Feed {
  return typeof SharedWorker === 'undefined' ? ownFeed(receive) : sharedFeed(receive);
}

function sharedFeed(receive: (message: FeedMessage) => void): Feed {
  let watched = ME;
  let own: Feed | undefined;
  const call = () =>
    new SharedFeed(watched, receive, () => {
      own = ownFeed(receive);
      own.watch(watched);
    });
  let shared = call();
  const send = (command: FeedCommand) => (own ?? shared).send(command);
  // A worker is not told when a tab is closed, and a page may come back from the browser's history.
  window.addEventListener('pagehide', () => send('leave'));
  window.addEventListener('pageshow', ({ persisted }) => persisted && send('join'));
  const watch = (owner: string) => {
    watched = owner;
    if (own) {
      own.watch(owner);
    } else {
      shared.end();
      shared = call();
      send('join');
    }
  };
  return { send, watch };
}

function ownFeed(receive: (message: FeedMessage) => void): Feed {
  const connection = new FeedConnection(receive);
  const commands: Record<FeedCommand, () => void> = {
    join: () => connection.restart(),
    leave: () => connection.stop(),
    restart: () => connection.restart(),
    retry: () => connection.retry(),
    stop: () => connection.stop(),
  };
  closeWhileHidden(connection);
  const watch = (owner: string) => {
    connection.owner = owner;
    connection.restart();
  };
  return { send: (command) => commands[command](), watch };
}

// A page that nobody sees shows nothing in vain, unless it shows notifications. While its stream is closed, its title must not say what
// it cannot know.
function closeWhileHidden(connection: FeedConnection): void {
  let timer: ReturnType<typeof setTimeout>;
  let paused = false;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (!document.hidden && paused) {
      paused = false;
      connection.retry();
    } else if (document.hidden && connection.isOpen) {
      timer = setTimeout(() => {
        paused = connection.isOpen && !mayNotify();
        if (paused) {
          connection.pause();
        }
      }, HIDDEN_FOR);
    }
  });
}
