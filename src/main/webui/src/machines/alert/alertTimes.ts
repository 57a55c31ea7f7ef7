import { DAY, HOUR, MINUTE } from '../timeText';

export const OFFERED: readonly number[] = [MINUTE, 5 * MINUTE, HOUR, DAY];
