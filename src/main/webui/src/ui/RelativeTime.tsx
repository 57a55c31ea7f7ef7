import { useTicking } from './clock';
import { ago, exactTime } from './relativeTime';

interface Props {
  /** Milliseconds since the epoch; undefined where a replica of the version before did not say. */
  time: number | undefined;
  /** The words for it. */
  say?: (time: number, now: number) => string;
}

export function RelativeTime({ time, say = ago }: Props) {
  return time === undefined ? <span aria-label="not told">–</span> : <KnownTime time={time} say={say} />;
}

function KnownTime({ time, say }: { time: number; say: (time: number, now: number) => string }) {
  const text = useTicking((now) => say(time, now));
  return (
    <time dateTime={new Date(time).toISOString()} title={exactTime(time)}>
      {text}
    </time>
  );
}
