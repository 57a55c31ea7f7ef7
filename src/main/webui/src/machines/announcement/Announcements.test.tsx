import { act, render, screen } from '@testing-library/react';

import { machine } from '../../testing/machines';
import type { Machine } from '../types';
import { Announcements } from './Announcements';

const online = Array.from({ length: 6 }, (_, index) => machine({ name: `node ${index}`, status: 'online' }));

function withOffline(count: number): Machine[] {
  return online.map((one, index) => (index < count ? { ...one, status: 'offline', offlineReason: 'connection_lost' } : one));
}

afterEach(() => vi.useRealTimers());

test('a second outage of the same size is said again', () => {
  vi.useFakeTimers();
  const { rerender } = render(<Announcements machines={online} />);
  const said = (machines: Machine[]) => {
    rerender(<Announcements machines={machines} />);
    act(() => void vi.advanceTimersByTime(3_000));
    return screen.getByText('3 machines went offline.');
  };

  const first = said(withOffline(3));
  const second = said(withOffline(6));

  expect(first).not.toBeInTheDocument();
  expect(second).toBeInTheDocument();
  expect(second.closest('[aria-live]')).toHaveTextContent(/^3 machines went offline\.$/);
});
