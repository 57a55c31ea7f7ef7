import { useId, useState, type KeyboardEvent } from 'react';

import { countText } from '../../ui/countText';
import { MachineLabel } from '../name/MachineLabel';
import { MachineStatusBadge } from '../status/MachineStatusBadge';
import type { Machine } from '../types';
import { EVERYTHING, viewOf } from '../view/view';
import styles from './MachineSelector.module.css';
import { useFoundByService, type FoundByService } from './useFoundByService';

interface Props {
  machines: readonly Machine[];
  onSelect: (machineId: string) => void;
}

const MOST_SUGGESTIONS = 8;
const STEPS: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** Opens a machine's details, from wherever one is in the list. However many machines there are, it suggests a few. */
export function MachineSelector({ machines, onSelect }: Props) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { machineIds, state } = useFoundByService(search);
  const found = search.trim() === '' ? [] : viewOf(machines, { ...EVERYTHING, search }, machineIds);
  const suggestions = found.slice(0, MOST_SUGGESTIONS);
  const shows = open && search.trim() !== '';
  const at = Math.min(active, suggestions.length - 1);

  const show = (text: string) => {
    setSearch(text);
    setOpen(true);
    setActive(0);
  };
  const choose = (machine: Machine | undefined) => {
    if (machine) {
      setSearch('');
      setOpen(false);
      onSelect(machine.machineId);
    }
  };
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step !== undefined && suggestions.length > 0) {
      event.preventDefault();
      setOpen(true);
      setActive((at + step + suggestions.length) % suggestions.length);
    } else if (event.key === 'Enter' && shows) {
      event.preventDefault();
      choose(suggestions[at]);
    } else if (event.key === 'Escape' && shows) {
      event.preventDefault();
      setOpen(false);
    }
  };
  return (
    <div className={styles.selector}>
      <input
        type="search"
        role="combobox"
        aria-label="Go to machine"
        aria-autocomplete="list"
        aria-expanded={shows}
        aria-controls={`${id}-list`}
        aria-activedescendant={shows && at >= 0 ? `${id}-${at}` : undefined}
        placeholder="Go to machine…"
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => show(event.target.value)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <div className={styles.suggestions} hidden={!shows}>
        <div id={`${id}-list`} role="listbox" aria-label="Machines found">
          {shows &&
            suggestions.map((machine, index) => (
              <Suggestion key={machine.machineId} id={`${id}-${index}`} machine={machine} active={index === at} onChoose={choose} />
            ))}
        </div>
        <p role="status">{shows && foundText(found.length, state)}</p>
      </div>
    </div>
  );
}

function foundText(count: number, hosts: FoundByService['state']): string {
  if (count === 0) {
    return hosts === 'asking' ? 'Searching…' : hosts === 'answered' ? 'No machine found.' : 'No machine found by its name or ID.';
  }
  return count > MOST_SUGGESTIONS ? `The first ${MOST_SUGGESTIONS} of ${countText(count, 'machine')}.` : `${countText(count, 'machine')} found.`;
}

interface SuggestionProps {
  id: string;
  machine: Machine;
  active: boolean;
  onChoose: (machine: Machine) => void;
}

function Suggestion({ id, machine, active, onChoose }: SuggestionProps) {
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's, which keeps the focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(machine)}
    >
      <span className={styles.name}>
        <MachineLabel machine={machine} />
      </span>
      <MachineStatusBadge machine={machine} />
    </div>
  );
}
