import { basePath } from '../http/servicePath';

/**
 * What tabs say to each other. It holds what the others need: a message may come before they see what was stored, as browsers keep a copy
 * of the storage for each process.
 */
type Message = { is: 'signedOut'; hadAccount: boolean } | { is: 'changed'; userId: string } | { is: 'active' };

// Another service may be below another path of the same host.
export const CHANNEL = `session${basePath}`;

const channel = new BroadcastChannel(CHANNEL);

export function tellOtherTabs(message: Message): void {
  channel.postMessage(message);
}

export function onOtherTabs(listener: (message: Message) => void): void {
  channel.onmessage = ({ data }: MessageEvent<Message>) => listener(data);
}
