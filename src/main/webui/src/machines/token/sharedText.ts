import { countText } from '../../ui/countText';
import { isolated } from '../names';
import type { Machine } from '../types';

const MOST_HOSTS = 5;

/** As in "2 hosts use this token: build-7, build-9"; undefined where the token is not shared. */
export function sharedText({ sharedBy = [] }: Machine): string | undefined {
  if (sharedBy.length < 2) {
    return undefined;
  }
  const more = sharedBy.length > MOST_HOSTS ? `, and ${sharedBy.length - MOST_HOSTS} more` : '';
  return `${countText(sharedBy.length, 'host')} use this token: ${sharedBy.slice(0, MOST_HOSTS).map(isolated).join(', ')}${more}`;
}
