import { useId, useState, type ReactNode } from 'react';

import { FormProblem } from '../../action/FormProblem';
import { useAction } from '../../action/useAction';
import { useSettledChoice } from '../../ui/useSettledChoice';
import { changeMachine } from '../machineApi';
import type { MachineDetails } from '../types';
import styles from './TimeChoice.module.css';
import { TimeOptions } from './TimeOptions';

const NEVER = '';

interface Props {
  machineId: string;
  /** Undefined while they are not known. */
  details: MachineDetails | undefined;
  label: string;
  field: 'alertAfterSeconds' | 'removeAfterSeconds';
  /** In seconds. */
  offered: readonly number[];
  /** What is said of the time that is set. */
  children?: (after: number) => ReactNode;
}

/** After how long offline something happens to a machine. */
export function TimeChoice({ machineId, details, label, field, offered, children }: Props) {
  const id = useId();
  const { run, error } = useAction(changeMachine);
  const [saved, setSaved] = useState<MachineDetails>();
  // What was saved is shown until the details are loaded again.
  const [savedOver, setSavedOver] = useState<MachineDetails>();
  const known = saved && savedOver === details ? saved : details;
  const after = known?.[field] ?? null;
  const choice = useSettledChoice(String(after ?? NEVER), (value) =>
    run(machineId, { [field]: value === NEVER ? null : Number(value) }).then(
      (changed) => {
        setSaved(changed);
        setSavedOver(details);
      },
      () => undefined,
    ),
  );
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select id={id} disabled={!known} {...choice}>
        <TimeOptions never={NEVER} times={timesWith(after, offered)} />
      </select>
      <FormProblem error={error} />
      {after !== null && children?.(after)}
    </div>
  );
}

/** Over the API any time can be set. */
function timesWith(after: number | null, offered: readonly number[]): readonly number[] {
  return after === null || offered.includes(after) ? offered : [...offered, after].sort((one, other) => one - other);
}
