import { FeedConnection } from './FeedConnection';
import type { FeedCommand, FeedMessage } from './messages';

// A tab that hears nothing at all takes the worker for dead.
const PULSE = 10_000;

// It is called after the owner whose machines it tells of, and after the person who sees them.
const scope = globalThis as unknown as { name: string; onconnect: (event: MessageEvent) => void };
const tabs = new Set<MessagePort>();
const tell = (message: FeedMessage) => tabs.forEach((tab) => tab.postMessage(message));
const connection = new FeedConnection(tell);
[connection.owner] = JSON.parse(scope.name) as [string, string];

const commands: Record<FeedCommand, (tab: MessagePort) => void> = {
  join(tab) {
    tabs.add(tab);
    if (connection.isStopped) {
      connection.restart();
    } else {
      connection.present().forEach((message: FeedMessage) => tab.postMessage(message));
    }
  },
  leave(tab) {
    tabs.delete(tab);
    if (tabs.size === 0) {
      connection.stop();
    }
  },
  retry: () => connection.retry(),
};

scope.onconnect = ({ ports: [tab] }) => {
  if (tab) {
    tab.onmessage = ({ data }: MessageEvent<FeedCommand>) => commands[data](tab);
  }
};

setInterval(() => tell(connection.state()), PULSE);
