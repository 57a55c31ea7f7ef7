import { countText } from '../../ui/countText';
import { Message } from '../../ui/Message';
import type { FoundByService } from '../search/useFoundByService';
import { useAsOf } from '../staleness/useAsOf';
import { EVERYTHING, type StatusChoice, type View } from '../view/view';

interface Props {
  view: View;
  /** How many machines the search alone finds. */
  hidden: number;
  hosts: FoundByService['state'];
  onView: (change: Partial<View>) => void;
}

const UNLABELLED = 'No machine here has these labels.';

/** Takes the place of a list of which the search and the filter leave nothing, and says which of them it was. */
export function NothingFound({ view, hidden, hosts, onView }: Props) {
  const asOf = useAsOf();
  const searches = view.search.trim() !== '';
  const labelled = view.labels.length > 0;
  if ((searches || labelled) && hidden > 0) {
    const showThem = (
      <button type="button" className="button" onClick={() => onView({ status: EVERYTHING.status })}>
        {hidden === 1 ? 'Show it' : 'Show them'}
      </button>
    );
    return (
      <Message title="Nothing found" action={showThem}>
        <p>
          {countText(hidden, 'machine')} with {searches ? `“${view.search}”` : 'these labels'} {hidden === 1 ? 'is' : 'are'} left out by the filter.
        </p>
      </Message>
    );
  }
  const showAll = (
    <button type="button" className="button" onClick={() => onView({ ...EVERYTHING, sort: view.sort, group: view.group })}>
      Show all machines
    </button>
  );
  return (
    <Message title={hosts === 'asking' ? 'Searching…' : 'Nothing found'} action={showAll}>
      <p>{searches ? unfoundText(view.search, labelled ? 'with these labels' : 'here', hosts) : labelled ? UNLABELLED : noneText(view.status, asOf)}</p>
    </Message>
  );
}

function unfoundText(search: string, where: string, hosts: FoundByService['state']): string {
  switch (hosts) {
    case 'answered':
      return `No machine ${where} has “${search}” in its name, host name or ID.`;
    case 'asking':
      return `No machine ${where} has “${search}” in its name or ID. Its host name may have it…`;
    case 'partial':
      return `No machine ${where} has “${search}” in its name or ID. Not all host names could be searched.`;
    case 'failed':
      return `No machine ${where} has “${search}” in its name or ID. Host names could not be searched.`;
    case 'unasked':
      return `No machine ${where} has “${search}” in its name or ID.`;
  }
}

function noneText(status: StatusChoice, asOf: string | undefined): string {
  if (status === 'attention') {
    return asOf === undefined ? 'No machine needs attention right now.' : 'No machine needed attention when the list was last live.';
  }
  return asOf === undefined ? `No machine is ${status} right now.` : `No machine was ${status} when the list was last live.`;
}
