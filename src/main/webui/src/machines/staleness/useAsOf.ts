import { useTicking } from '../../ui/clock';
import { timeOfDay } from '../../ui/relativeTime';
import { useStaleness } from '../store/useMachines';

/** As in "14:02": as of when the list was true. Undefined while it is true, empty where the moment is not known. */
export function useAsOf(): string | undefined {
  const stale = useStaleness();
  const since = stale?.since;
  // After a night's sleep, until the service tells the time, only the browser's clock knows that today is another day.
  const text = useTicking(() => (since === undefined ? '' : timeOfDay(since, Date.now())));
  return stale && text;
}
