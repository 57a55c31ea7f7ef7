import { useEffect, useRef, useState } from 'react';

import type { Assistant } from '../types';
import { usePageAddress } from '../view/usePageAddress';
import styles from './AssistantList.module.css';
import { modelText, nameOf } from './assistantText';
import { useShowAssistants } from './shownAssistants';

interface Props {
  /** Undefined where the machine, or the service, does not tell them by name. */
  assistants: readonly Assistant[] | undefined;
}

const MOST_AT_FIRST = 6;
const NONE: readonly Assistant[] = [];

/** What a machine's assistants are and do, by name. */
export function AssistantList({ assistants = NONE }: Props) {
  useShowAssistants(assistants);
  const { assistantId } = usePageAddress();
  const [all, setAll] = useState(false);
  if (assistants.length === 0) {
    return null;
  }
  const showsAll = all || assistants.findIndex(({ id }) => id === assistantId) >= MOST_AT_FIRST;
  const shown = showsAll ? assistants : assistants.slice(0, MOST_AT_FIRST);
  return (
    <section className={styles.assistants} aria-label="Assistants">
      <h3>Assistants</h3>
      <ul>
        {shown.map((assistant) => (
          <Entry key={assistant.id} assistant={assistant} chosen={assistant.id === assistantId} />
        ))}
      </ul>
      {shown.length < assistants.length && (
        <button type="button" className="button small" onClick={() => setAll(true)}>
          Show all {assistants.length}
        </button>
      )}
    </section>
  );
}

interface EntryProps {
  assistant: Assistant;
  chosen: boolean;
}

function Entry({ assistant, chosen }: EntryProps) {
  const entry = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) {
      entry.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [chosen]);
  const { state, directory } = assistant;
  const model = modelText(assistant);
  return (
    <li ref={entry} aria-current={chosen}>
      <span className={styles.name}>
        <bdi>{nameOf(assistant)}</bdi> <span data-state={state}>{state}</span>
      </span>
      {model && (
        <span className={styles.more}>
          <bdi>{model}</bdi>
        </span>
      )}
      {directory && (
        <code className={styles.more}>
          <bdi>{directory}</bdi>
        </code>
      )}
    </li>
  );
}
