import { useState } from 'react';

import { countText } from '../statusText';
import type { View } from '../view';
import { AlertDialog } from './AlertDialog';
import styles from './Chosen.module.css';
import { DeleteDialog } from './DeleteDialog';
import { LabelDialog } from './LabelDialog';
import { targetOf, type Target } from './target';
import type { Choice } from './useChoice';

interface Props {
  choice: Choice;
  owner: string;
  view: View;
  /** How many machines the list shows. */
  count: number;
  /** The keys of the labels that there are. */
  keys: readonly string[];
}

type Act = 'labels' | 'alert' | 'delete';

/** What to do with the machines that are chosen. */
export function ChosenBar({ choice, owner, view, count, keys }: Props) {
  const [open, setOpen] = useState<{ act: Act; target: Target }>();
  const [said, setSaid] = useState('');
  const { chosen, isAll, choose } = choice;
  const ask = (act: Act) => {
    setSaid('');
    setOpen({ act, target: targetOf(chosen, isAll, owner, view) });
  };
  const close = () => setOpen(undefined);
  const done = (what: string) => {
    setSaid(`${what}.`);
    choose({ type: 'none' });
    close();
  };
  const asked = open && { target: open.target, onClose: close, onDone: done };
  return (
    <>
      {chosen.length > 0 && (
        <section className={styles.bar} aria-label="Chosen machines">
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
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {asked && open.act === 'labels' && <LabelDialog {...asked} keys={keys} />}
      {asked && open.act === 'alert' && <AlertDialog {...asked} />}
      {asked && open.act === 'delete' && <DeleteDialog {...asked} />}
    </>
  );
}

function chosenText(count: number, isAll: boolean): string {
  return isAll ? `All ${countText(count, 'machine')} that match chosen` : `${countText(count, 'machine')} chosen`;
}
