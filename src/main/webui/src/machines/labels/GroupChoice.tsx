interface Props {
  /** The keys of all labels that there are. */
  keys: readonly string[];
  /** Empty for none. */
  group: string;
  onChange: (group: string) => void;
}

/** By which label the list has headings; offered where there are labels. */
export function GroupChoice({ keys, group, onChange }: Props) {
  if (keys.length === 0 && group === '') {
    return null;
  }
  // A link may group by a label that no machine has any more.
  const offered = group === '' || keys.includes(group) ? keys : [...keys, group];
  return (
    <select aria-label="Group by" value={group} onChange={(event) => onChange(event.target.value)}>
      <option value="">No groups</option>
      {offered.map((key) => (
        <option key={key} value={key}>
          Group by {key}
        </option>
      ))}
    </select>
  );
}
