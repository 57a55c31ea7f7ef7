import { ProblemError } from '../../http/request';

interface Props {
  error: Error | null;
}

/** What the service has against labels: each fault by its label, which no single field says. */
export function LabelProblem({ error }: Props) {
  const violations = error instanceof ProblemError ? (error.problem.violations ?? []) : [];
  const said = violations.map(({ field, message }) => `${field.replace(/^labels\.?/, '') || 'Labels'} ${message}.`);
  return (
    <p className="problem" role="alert" hidden={!error}>
      {said.length > 0 ? said.join(' ') : error?.message}
    </p>
  );
}
