import { DAY, HOUR, MINUTE } from '../time/timeText';

export const OFFERED: readonly number[] = [MINUTE, 5 * MINUTE, HOUR, DAY];
