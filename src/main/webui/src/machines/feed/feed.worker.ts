import { ME } from '../../teams/owners';
import { FeedConnection } from './FeedConnection';
import type { FeedCommand, FeedMessage } from './messages';

// A tab that hears nothing at all takes the worker for dead.
const PULSE = 10_000;

// Each owner whose machines somebody looks at has a worker of its own, that is called after the owner.
const scope = globalThis as unknown as { name?: string; onconnect: (event: MessageEvent) => void };
const tabs = new Set<MessagePort>();
const tell = (message: FeedMessage) => tabs.forEach((tab) => tab.postMessage(message));
const connection = new FeedConnection(tell);
connection.owner = scope.name || ME;

const commands: Record<FeedCommand, (tab: MessagePort) => void> = {
  join(tab) {
    tabs.add(tab);
    if (tabs.size === 1 && !connection.isOpen) {
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
  restart: () => connection.restart(),
  retry: () => connection.retry(),
  stop: () => connection.stop(),
};

scope.onconnect = ({ ports: [tab] }) => {
  if (tab) {
    tab.onmessage = ({ data }: MessageEvent<FeedCommand>) => commands[data](tab);
  }
};

setInterval(() => tell(connection.state()), PULSE);
