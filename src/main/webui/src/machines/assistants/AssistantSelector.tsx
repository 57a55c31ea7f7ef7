import { usePageAddress } from '../view/usePageAddress';
import styles from './AssistantSelector.module.css';
import { nameOf } from './assistantText';
import { useShownAssistants } from './shownAssistants';

/** Leads to one of the assistants of the machine that was gone to; there where that has any. */
export function AssistantSelector() {
  const assistants = useShownAssistants();
  const { assistantId, selectAssistant } = usePageAddress();
  if (assistants.length === 0) {
    return null;
  }
  const chosen = assistants.some(({ id }) => id === assistantId) ? assistantId : '';
  return (
    <select
      className={styles.selector}
      aria-label="Go to assistant"
      value={chosen}
      onChange={({ target: { value } }) => selectAssistant(value === '' ? null : value)}
    >
      <option value="">Go to assistant…</option>
      {assistants.map((assistant) => (
        <option key={assistant.id} value={assistant.id}>
          {nameOf(assistant)} ({assistant.state})
        </option>
      ))}
    </select>
  );
}
