import { useId, useState } from 'react';

import { Field } from '../../ui/Field';
import { keyFault, valueFault } from '../labels/labelRules';
import { changing } from './bulk';
import { BulkDialog, type BulkProps } from './BulkDialog';
import styles from './Chosen.module.css';

interface Props extends BulkProps {
  /** The keys of the labels that there are. */
  keys: readonly string[];
}

const WAYS = { set: 'Set a label', take: 'Take a label away' } as const;

/** Sets one label of all of them, or takes it away. Their other labels stay. */
export function LabelDialog({ keys, ...props }: Props) {
  const id = useId();
  const [way, setWay] = useState<keyof typeof WAYS>('set');
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [faults, setFaults] = useState<{ key?: string | undefined; value?: string | undefined }>({});

  const work = () => {
    const wanted = key.trim();
    const found = { key: keyFault(wanted), value: way === 'set' ? valueFault(value.trim()) : undefined };
    setFaults(found);
    return found.key || found.value ? undefined : changing({ labels: { [wanted]: way === 'set' ? value.trim() : null } });
  };
  return (
    <BulkDialog
      {...props}
      title={(machines) => `Labels of ${machines}`}
      action={(machines) => (way === 'set' ? `Set it on ${machines}` : `Take it from ${machines}`)}
      past={(machines) => `${machines} changed`}
      work={work}
    >
      <fieldset className={styles.ways}>
        <legend className="visually-hidden">What to do</legend>
        {(Object.keys(WAYS) as (keyof typeof WAYS)[]).map((choice) => (
          <label key={choice}>
            <input type="radio" name={id} checked={way === choice} onChange={() => setWay(choice)} /> {WAYS[choice]}
          </label>
        ))}
      </fieldset>
      <Field
        label="Key"
        value={key}
        list={`${id}-keys`}
        error={faults.key}
        spellCheck={false}
        placeholder="env"
        data-autofocus
        onChange={(event) => setKey(event.target.value)}
      />
      <datalist id={`${id}-keys`}>
        {keys.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      {way === 'set' && (
        <Field
          label="Value"
          hint="A label that a machine has with another value gets this one."
          value={value}
          error={faults.value}
          spellCheck={false}
          dir="auto"
          placeholder="prod"
          onChange={(event) => setValue(event.target.value)}
        />
      )}
    </BulkDialog>
  );
}
