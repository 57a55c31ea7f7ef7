import { Message } from '../../ui/Message';
import type { BulkQuestion } from '../selection/BulkDialogs';
import { retryFeed } from '../store/machineStore';
import { useStaleness } from '../store/useMachines';
import type { MachinesData } from '../types';
import type { View } from '../view/view';
import { MachineEmptyState } from './MachineEmptyState';
import { MachineListSkeleton } from './MachineListSkeleton';
import { MachinesView } from './MachinesView';

interface Props extends Pick<MachinesData, 'machines' | 'error'> {
  view: View;
  onView: (change: Partial<View>) => void;
  selectedId: string | null;
  onSelect: (machineId: string) => void;
  onBulk: (question: BulkQuestion) => void;
  /** Undefined where the person may add none. */
  onAdd: (() => void) | undefined;
}

/** The list, or what stands in its place. */
export function MachinesContent({ machines, error, view, onView, selectedId, onSelect, onBulk, onAdd }: Props) {
  if (error) {
    return <LoadingFailed error={error} />;
  }
  if (!machines) {
    return <MachineListSkeleton />;
  }
  if (machines.length === 0) {
    return <MachineEmptyState onAdd={onAdd} />;
  }
  return <MachinesView machines={machines} view={view} onView={onView} selectedId={selectedId} onSelect={onSelect} onBulk={onBulk} />;
}

function LoadingFailed({ error }: { error: Error }) {
  // While the database is away the stream is there, and tells as soon as there is a list.
  const again = useStaleness()?.cause === 'notLive' && (
    <button type="button" className="button primary" onClick={retryFeed}>
      Try now
    </button>
  );
  return (
    <Message title={error.message} alert action={again}>
      <p>The list cannot be shown at the moment. This page keeps trying and goes on by itself.</p>
    </Message>
  );
}
