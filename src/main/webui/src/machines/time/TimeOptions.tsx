import { timeText } from './timeText';

interface Props {
  /** The value that stands for "never". */
  never: string;
  /** In seconds. */
  times: readonly number[];
}

/** The options of a select of times. */
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
