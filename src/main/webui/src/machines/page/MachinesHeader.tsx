import { SessionMenu } from '../../session/menu/SessionMenu';
import { ApiTokensButton } from '../../tokens/ApiTokensButton';
import { Brand } from '../../ui/Brand';
import { AssistantSelector } from '../assistants/AssistantSelector';
import { MachineSelector } from '../search/MachineSelector';
import type { Machine } from '../types';
import styles from './MachinesHeader.module.css';

interface Props {
  machines: readonly Machine[] | undefined;
  onSelect: (machineId: string) => void;
  /** Undefined where the person may add none. */
  onAdd: (() => void) | undefined;
}

export function MachinesHeader({ machines, onSelect, onAdd }: Props) {
  return (
    <header className={styles.header}>
      <div className={styles.inside}>
        <Brand />
        <div className={styles.selector}>
          {machines && machines.length > 0 && <MachineSelector machines={machines} onSelect={onSelect} />}
          <AssistantSelector />
        </div>
        {/* An empty list has a button of its own. */}
        {machines?.length !== 0 && onAdd && (
          <button type="button" className="button primary" onClick={onAdd}>
            Add machine
          </button>
        )}
        <div className={styles.session}>
          <ApiTokensButton />
          <SessionMenu />
        </div>
      </div>
    </header>
  );
}
