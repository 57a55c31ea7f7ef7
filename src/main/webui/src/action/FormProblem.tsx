import { ProblemError } from '../http/request';

interface Props {
  error: Error | null;
}

/** What went wrong, unless a field says it already. */
export function FormProblem({ error }: Props) {
  const saidElsewhere = error instanceof ProblemError && error.problem.violations !== undefined;
  return (
    <p className="problem" role="alert" hidden={!error || saidElsewhere}>
      {saidElsewhere ? '' : error?.message}
    </p>
  );
}
