import { countText } from '../../ui/countText';
import type { GroupHeading } from '../labels/grouping';
import { labelText } from '../labels/labelRules';
import styles from './MachineList.module.css';

interface Props {
  heading: GroupHeading;
  index: number;
  /** Pixels from the top of the list. */
  offset: number;
}

/** As in "env=prod, 12 machines, 11 online". */
export function GroupRow({ heading: { group, value, count, online }, index, offset }: Props) {
  return (
    <tr className={styles.group} aria-rowindex={index + 2} data-index={index} style={{ transform: `translateY(${offset}px)` }}>
      <th scope="colgroup" colSpan={6}>
        <bdi>{value === null ? `without ${group}` : labelText(group, value)}</bdi>{' '}
        <span>
          {countText(count, 'machine')}, {online.toLocaleString()} online
        </span>
      </th>
    </tr>
  );
}
