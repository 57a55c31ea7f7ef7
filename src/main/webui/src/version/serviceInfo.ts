import { request } from '../http/request';
import { Observable } from '../ui/observable';

// Its other parts, such as the commit, are of no use in the page.
export interface ServiceInfo {
  build?: { version?: string };
  /** Whether alerts go anywhere. */
  alerts?: { configured: boolean };
  /** The agent that the service hands out, such as "agent.sh 1.4". */
  agent?: { version: string };
}

/** What the service says of itself; undefined until it has said so, and where it does not. */
export const serviceInfo = new Observable<ServiceInfo | undefined>(undefined);

let isAsked = false;

/** Asks once, however many parts of the page want to know. */
export function learnServiceInfo(): void {
  if (!isAsked) {
    isAsked = true;
    request('GET', '/q/info').then(
      (answer) => serviceInfo.set(answer as ServiceInfo),
      // A page without it is as good as another; what is opened later asks again.
      () => {
        isAsked = false;
      },
    );
  }
}
