import { countText } from '../../ui/countText';
import type { Choice } from './useChoice';

interface Props {
  choice: Choice;
}

/** Tells how many machines are chosen to whoever does not see the boxes. */
export function ChoiceAnnouncement({ choice: { chosen, used } }: Props) {
  return (
    <p className="visually-hidden" role="status">
      {used && `${chosen.length === 0 ? 'No machine' : countText(chosen.length, 'machine')} chosen.`}
    </p>
  );
}
