import { screen, within } from '@testing-library/react';

import type { StatusHistory } from '../../http/contract.gen';
import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';

const HISTORY: StatusHistory = {
  changes: [
    { at: 3_000, status: 'online', offlineReason: null },
    { at: 2_000, status: 'offline', offlineReason: 'missed_heartbeats' },
  ],
  uptime: { day: 0.998, week: 1, month: null },
};

async function openHistory(answer: FakeService['answers'][string]) {
  const box = machine({ name: 'build box', status: 'online' });
  const service = new FakeService();
  const path = `GET /api/machines/${box.machineId}/history`;
  service.knows(box);
  service.answers[path] = answer;
  const { user } = await visitMachines([box], service);
  await user.click(screen.getByRole('button', { name: 'build box' }));
  expect(service.asked).not.toContain(path);
  await user.click(await screen.findByText('History'));
  return { box, service, path };
}

test('the history is asked for when it is opened, and says what the machine was and for how long', async () => {
  await openHistory(() => [200, HISTORY]);

  const changes = within(await screen.findByRole('list', { name: 'Changes, the newest first' })).getAllByRole('listitem');
  expect(changes.map((change) => change.textContent)).toEqual([expect.stringMatching(/^Online /), expect.stringMatching(/^Offline: fell silent /)]);
  expect(screen.getByText('99.8 % online')).toBeVisible();
  expect(screen.getByText('100 % online')).toBeVisible();
  expect(screen.getByText('not known for so long')).toBeVisible();
});

test('a change of the machine shows in its open history', async () => {
  let history = HISTORY;
  const { box } = await openHistory(() => [200, history]);
  await screen.findByText('Offline: fell silent');
  history = { ...HISTORY, changes: [{ at: 4_000, status: 'offline', offlineReason: 'disconnected' }, ...HISTORY.changes] };

  sendEvent('machine', { ...box, status: 'offline', offlineReason: 'disconnected', statusSince: 4_000 });

  expect(await screen.findByText('Offline: disconnected')).toBeVisible();
});

test('a history that cannot be loaded says so', async () => {
  await openHistory(() => problem(503, 'The database cannot be reached.'));

  expect(await screen.findByText(/could not be loaded.*The database cannot be reached/)).toBeVisible();
});

test('the open history has a strip of seven days, told in words as well', async () => {
  const day = 86_400_000;
  // Once: a day that lasts from one millisecond to the one before it is none.
  const now = Date.now();
  const changes: StatusHistory['changes'] = [
    { at: now - 2 * day - 1_000, status: 'online', offlineReason: null },
    { at: now - 3 * day - 1_000, status: 'offline', offlineReason: 'connection_lost' },
    { at: now - 6 * day - 1_000, status: 'online', offlineReason: null },
  ];
  await openHistory(() => [200, { ...HISTORY, changes }]);

  const strip = await screen.findByRole('img', {
    name: 'Last 7 days: Online for 5 days of 6 days. Offline 1 time, for 1 day at most. Nothing is known of 23 hours.',
  });
  expect([...strip.children].map((stretch) => stretch.getAttribute('data-kind'))).toEqual(['unknown', 'online', 'broken', 'online']);
});
