import { useTicking } from './clock';
import { ago, exactTime } from './relativeTime';

interface Props {
  /** Milliseconds since the epoch; undefined where a replica of the version before did not say. */
  time: number | undefined;
}

export function RelativeTime({ time }: Props) {
  return time === undefined ? <span aria-label="not told">–</span> : <KnownTime time={time} />;
}

function KnownTime({ time }: { time: number }) {
  const text = useTicking((now) => ago(time, now));
  return (
    <time dateTime={new Date(time).toISOString()} title={exactTime(time)}>
      {text}
    </time>
  );
}
