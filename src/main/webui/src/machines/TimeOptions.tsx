import { timeText } from './alert/alertTimes';

interface Props {
  /** The value that stands for "never". */
  never: string;
  /** In seconds. */
  times: readonly number[];
}

/** What a choice of times offers. */
export function TimeOptions({ never, times }: Props) {
  return (
    <>
      <option value={never}>never</option>
      {times.map((seconds) => (
        <option key={seconds} value={seconds}>
          {timeText(seconds)}
        </option>
      ))}
    </>
  );
}
