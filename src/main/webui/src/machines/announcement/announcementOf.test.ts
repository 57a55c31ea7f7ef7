import { machine } from '../../testing/machines';
import type { Machine } from '../types';
import { announcementOf } from './announcementOf';

const asOnline = (entry: Machine): Machine => ({ ...entry, status: 'online', offlineReason: null });

test('a few changes are said by name, many by number', () => {
  const before = Array.from({ length: 5 }, (_, index) => machine({ name: `box ${index}` }));

  expect(announcementOf(before, before.map((entry, index) => (index < 2 ? asOnline(entry) : entry)))).toBe('box 0 and box 1 are online.');
  expect(announcementOf(before, before.map(asOnline))).toBe('5 machines came online.');
  expect(announcementOf(before.map(asOnline), before.map((entry, index) => (index > 0 ? asOnline(entry) : entry)))).toBe('box 0 is offline.');
});

test('what is no change of status is not said', () => {
  const before = [machine()];

  expect(announcementOf(before, [{ ...before[0], assistantCount: 3 } as Machine, machine()])).toBe('');
});
