import { countText } from '../../ui/countText';
import { useAsOf } from '../staleness/useAsOf';
import type { Totals } from '../view/view';
import styles from './MachinesTotals.module.css';

interface Props {
  totals: Totals;
}

/** As in "9 machines, 7 online, 1 needs attention". */
export function MachinesTotals({ totals }: Props) {
  const asOf = useAsOf();
  const stale = asOf !== undefined;
  return (
    <h2 className={styles.totals} data-stale={stale}>
      {countText(totals.all, 'machine')},{' '}
      <span data-all={totals.online === totals.all && !stale}>
        {totals.online.toLocaleString()} online
        {totals.attention > 0 && ','}
      </span>
      {totals.attention > 0 && ' '}
      {totals.attention > 0 && (
        <span data-attention={!stale}>
          {totals.attention.toLocaleString()} {totals.attention === 1 ? 'needs' : 'need'} attention
        </span>
      )}
      {asOf && ' '}
      {asOf && <small>as of {asOf}</small>}
    </h2>
  );
}
