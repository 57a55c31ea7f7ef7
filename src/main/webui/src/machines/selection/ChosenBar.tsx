import { countText } from '../../ui/countText';
import type { FoundByServiceReturn } from '../search/useFoundByService';
import type { View } from '../view/view';
import type { BulkAct, BulkQuestion } from './BulkDialogs';
import styles from './Chosen.module.css';
import { targetOf } from './target';
import { useBarInSight } from './useBarInSight';
import type { Choice } from './useChoice';

interface Props {
  choice: Choice;
  owner: string;
  view: View;
  /** How many machines the list shows. */
  count: number;
  /** The keys of the labels that there are. */
  keys: readonly string[];
  found: FoundByServiceReturn;
  onAsk: (question: BulkQuestion) => void;
}

/** What to do with the machines that are chosen. */
export function ChosenBar({ choice, owner, view, count, keys, found, onAsk }: Props) {
  const { chosen, isAll, choose } = choice;
  const bar = useBarInSight(chosen.length > 0);
  const ask = (act: BulkAct) =>
    onAsk({
      act,
      target: targetOf(chosen, isAll, owner, view, found),
      keys,
      onMiscounted: found.askAgain,
      onDone: () => choose({ type: 'none' }),
    });
  if (chosen.length === 0) {
    return null;
  }
  return (
    <section ref={bar} className={styles.bar} aria-label="Chosen machines">
      <p>{chosenText(chosen.length, isAll)}</p>
      {!isAll && chosen.length < count && (
        <button type="button" className="button small" onClick={() => choose({ type: 'all' })}>
          All {count.toLocaleString()} that match
        </button>
      )}
      <button type="button" className="button small" onClick={() => ask('labels')}>
        Labels…
      </button>
      <button type="button" className="button small" onClick={() => ask('alert')}>
        Tell after…
      </button>
      <button type="button" className={`button small ${styles.delete}`} onClick={() => ask('delete')}>
        Delete…
      </button>
      <button type="button" className="button quiet small" onClick={() => choose({ type: 'none' })}>
        Choose none
      </button>
    </section>
  );
}

function chosenText(count: number, isAll: boolean): string {
  return isAll ? `All ${countText(count, 'machine')} that match chosen` : `${countText(count, 'machine')} chosen`;
}
