const DAY = 86_400;

export const OFFERED: readonly number[] = [DAY, 7 * DAY, 30 * DAY, 90 * DAY];
