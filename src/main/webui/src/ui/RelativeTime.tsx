import { useTicking } from './clock';
import { ago, exactTime } from './relativeTime';

interface Props {
  /** Milliseconds since the epoch. */
  time: number;
}

export function RelativeTime({ time }: Props) {
  const text = useTicking((now) => ago(time, now));
  return (
    <time dateTime={new Date(time).toISOString()} title={exactTime(time)}>
      {text}
    </time>
  );
}
