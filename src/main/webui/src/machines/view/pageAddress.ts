import { ME } from '../../teams/owners';
import { keyFault, MOST_LABELS } from '../labels/labelRules';
import { parseSelector } from '../labels/labelSelector';
import { EVERYTHING, type SortKey, type StatusChoice, type View } from './view';

/** What the page's address says: whose machines show, which one's details, and what the list shows. */
export interface PageAddress {
  /** As the service's `owner` says it. */
  owner: string;
  selectedId: string | null;
  /** Which of its assistants; absent where none was chosen. */
  assistantId?: string;
  view: View;
}

const PATH = '#/machines';
const ASSISTANT = 'assistant';
const STATUSES: readonly StatusChoice[] = ['all', 'attention', 'online', 'offline', 'flapping'];
const SORTS: readonly SortKey[] = ['attention', 'name', 'since', 'lastSeen', 'assistants'];

/** Reads a fragment; what it does not say, or says in a way that nobody knows, is as in a new page. */
export function parseAddress(hash: string): PageAddress {
  const [path = '', query] = hash.split('?', 2);
  if (path !== PATH && !path.startsWith(`${PATH}/`)) {
    return { owner: ME, selectedId: null, view: EVERYTHING };
  }
  const said = new URLSearchParams(query);
  const selectedId = path.slice(PATH.length + 1) || null;
  const assistantId = said.get(ASSISTANT);
  const group = said.get('group') ?? '';
  return {
    owner: said.get('owner') || ME,
    selectedId,
    ...(selectedId !== null && assistantId && { assistantId }),
    view: {
      search: said.get('q') ?? EVERYTHING.search,
      status: STATUSES.find((status) => status === said.get('status')) ?? EVERYTHING.status,
      sort: SORTS.find((sort) => sort === said.get('sort')) ?? EVERYTHING.sort,
      labels: said.getAll('label').filter((label) => parseSelector(label) !== undefined).slice(0, MOST_LABELS),
      group: keyFault(group) === undefined ? group : EVERYTHING.group,
    },
  };
}

/** The fragment that says this; empty where there is nothing to say. */
export function fragmentOf({ owner, selectedId, assistantId = '', view: { search, status, sort, labels, group } }: PageAddress): string {
  const said = new URLSearchParams();
  const say = (name: string, value: string, usual: string) => value === usual || said.set(name, value);
  say('owner', owner, ME);
  say('q', search, EVERYTHING.search);
  say('status', status, EVERYTHING.status);
  say('sort', sort, EVERYTHING.sort);
  labels.forEach((label) => said.append('label', label));
  say('group', group, EVERYTHING.group);
  say(ASSISTANT, assistantId, '');
  const path = selectedId === null ? PATH : `${PATH}/${selectedId}`;
  const query = said.toString();
  return path === PATH && query === '' ? '' : query === '' ? path : `${path}?${query}`;
}
