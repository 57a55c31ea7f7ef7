import { ProblemError } from '../../http/request';
import { Field } from '../../ui/Field';

interface Props {
  value: string;
  onChange: (name: string) => void;
  error: Error | null;
  hint?: string;
}

/** A machine's name; whether it is a good one is for the service to say. */
export function NameField({ value, onChange, error, hint }: Props) {
  const violation = error instanceof ProblemError ? error.violationOf('name') : undefined;
  return (
    <Field
      label="Name"
      name="name"
      dir="auto"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      hint={hint}
      error={violation && `The name ${violation}.`}
      placeholder="build box"
      spellCheck={false}
      data-autofocus
    />
  );
}
