import type { FormEvent, ReactNode } from 'react';

import { countText } from '../../ui/countText';
import { Dialog } from '../../ui/Dialog';
import { LabelProblem } from '../labels/LabelProblem';
import { MachineLabel } from '../name/MachineLabel';
import { SESSION_OVER, type Work } from './bulk';
import styles from './Chosen.module.css';
import type { Target } from './target';
import { useBulk, type Bulk } from './useBulk';

export interface BulkProps {
  target: Target;
  /** Under a search, the service counts others than show: the list is to be searched anew. */
  onMiscounted: () => void;
  onClose: () => void;
  /** With what to say of it. */
  onDone: (said: string) => void;
}

interface Props extends BulkProps {
  /** What stands above the question, as in "Delete 37 machines?". */
  title: (machines: string) => string;
  /** What the button does, as in "Delete 37 machines". */
  action: (machines: string) => string;
  /** What was done, as in "37 machines deleted". */
  past: (machines: string) => string;
  danger?: boolean;
  children: ReactNode;
  /** Undefined where what was written is no work yet. */
  work: () => Work | undefined;
}

/** Asks once, naming how many machines are meant, and tells what came of it. */
export function BulkDialog({ target, onMiscounted, onClose, onDone, title, action, past, danger = false, children, work }: Props) {
  const bulk = useBulk(target, (count) => onDone(past(countText(count, 'machine'))), onMiscounted);
  const machines = countText(bulk.count, 'machine');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = work();
    if (wanted) {
      bulk.run(wanted);
    }
  };
  const leave = () => (bulk.done > 0 ? onDone(past(countText(bulk.done, 'machine'))) : onClose());
  return (
    // What is on its way would go on, and nobody would hear what came of it.
    <Dialog title={title(machines)} onClose={bulk.isRunning ? () => undefined : leave}>
      <form className={styles.form} onSubmit={submit} noValidate>
        {children}
        <div role="status">
          <Told bulk={bulk} />
        </div>
        <LabelProblem error={bulk.error} />
        <div className="actions">
          <button type="button" className="button" disabled={bulk.isRunning} onClick={leave} data-autofocus>
            {bulk.isUnseen ? 'Look at the list' : bulk.done > 0 ? 'Leave it at that' : 'Cancel'}
          </button>
          {/* A second press of a double click would confirm another number that nobody has read. */}
          <button
            type="submit"
            onClick={(event) => event.detail > 1 && event.preventDefault()}
            className={danger ? 'button danger' : 'button primary'} 
            disabled={bulk.isRunning || bulk.count === 0 || bulk.isUnseen}
          >
            {bulk.failures.length + bulk.left > 0 ? `Try ${machines} again` : action(machines)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const MOST_FAILURES = 50;

function Told({ bulk: { thought, isUnseen, count, asked, failures, left, done, isRunning } }: { bulk: Bulk }) {
  if (isRunning) {
    return <p>{asked > 0 ? `${asked.toLocaleString()} of ${countText(count, 'machine')}…` : 'Working…'}</p>;
  }
  if (thought !== undefined) {
    return (
      <p>
        <strong>Nothing was changed.</strong> There were {countText(thought, 'machine')} when you chose them, and the service counts{' '}
        {count.toLocaleString()} by now.{' '}
        {isUnseen ? 'The list is searched anew: look at it first, and go on from there.' : count > 0 && 'Is that right?'}
      </p>
    );
  }
  if (failures.length + left === 0) {
    return null;
  }
  return (
    <>
      {left > 0 && (
        <p>
          It stopped: {SESSION_OVER} Done with {countText(done, 'machine')}; nothing was done with {left.toLocaleString()}.
        </p>
      )}
      {failures.length > 0 && (
        <p>
          Done with {countText(done, 'machine')}; it failed with {failures.length.toLocaleString()}:
        </p>
      )}
      <ul className={styles.failures}>
        {failures.slice(0, MOST_FAILURES).map(({ machine, reason }) => (
          <li key={machine.machineId}>
            <MachineLabel machine={machine} />: {reason}
          </li>
        ))}
        {failures.length > MOST_FAILURES && <li>and {(failures.length - MOST_FAILURES).toLocaleString()} more</li>}
      </ul>
    </>
  );
}
