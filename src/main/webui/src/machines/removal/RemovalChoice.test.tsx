import { screen, waitFor, within } from '@testing-library/react';

import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';
import { removalText } from './removalText';

const DAY = 86_400_000;
const box = machine({ name: 'build box', status: 'offline', offlineReason: 'missed_heartbeats' });
const path = `/api/machines/${box.machineId}`;

async function openDetails(removeAfterSeconds: number | null, service = new FakeService()) {
  service.knows(box, { removeAfterSeconds });
  const asked: unknown[] = [];
  service.answers[`PATCH ${path}`] ??= (body) => {
    asked.push(body);
    service.knows(box, body as object);
    return [200, { ...box, ...(body as object) }];
  };
  const { user } = await visitMachines([box], service);
  await user.click(screen.getByRole('button', { name: 'build box' }));
  const select = screen.getByRole('combobox', { name: 'Remove when offline for' });
  await waitFor(() => expect(select).toBeEnabled());
  return { user, select, asked };
}

test('a time is set, shown, and taken away', async () => {
  const { user, select, asked } = await openDetails(null);
  expect(select).toHaveDisplayValue('never');
  expect(within(select).getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['never', '1 day', '7 days', '30 days', '90 days']);

  await user.selectOptions(select, '30 days');
  await waitFor(() => expect(select).toHaveDisplayValue('30 days'));
  await user.selectOptions(select, 'never');

  await waitFor(() => expect(select).toHaveDisplayValue('never'));
  expect(asked).toEqual([{ removeAfterSeconds: 2_592_000 }, { removeAfterSeconds: null }]);
});

test('a time that was set over the API is shown as it is', async () => {
  const { select } = await openDetails(7_200);

  expect(select).toHaveDisplayValue('2 hours');
});

test('what could not be saved is said, and not shown as if it were', async () => {
  const service = new FakeService();
  service.answers[`PATCH ${path}`] = () => problem(503, 'The service cannot reach its database.');
  const { user, select } = await openDetails(null, service);

  await user.selectOptions(select, '1 day');

  expect(await screen.findByText('The service cannot reach its database.')).toBeVisible();
  expect(select).toHaveDisplayValue('never');
});

test('row and details say when a machine is removed, until it is back', async () => {
  const { user } = await visitMachines([{ ...box, removedAt: Date.now() + 3 * DAY }]);
  await user.click(screen.getByRole('button', { name: 'build box' }));

  expect(screen.getAllByText('removed in 3 days unless it comes back')).toHaveLength(2);

  sendEvent('machine', { ...box, status: 'online', offlineReason: null });
  await waitFor(() => expect(screen.queryByText(/unless it comes back/)).not.toBeInTheDocument());
});

test('times until then are said in the largest unit that is nearly left', () => {
  const now = 1_000_000;
  const texts = [3 * DAY - 1_000, DAY - 60_000, 5 * 3_600_000, 61 * 60_000, 90_000, 20_000, -5_000].map((left) => removalText(now + left, now));

  expect(texts).toEqual([
    'removed in 3 days unless it comes back', 'removed in 1 day unless it comes back', 'removed in 5 hours unless it comes back',
    'removed in 1 hour unless it comes back', 'removed in 2 minutes unless it comes back', 'removed within a minute unless it comes back',
    'removed within a minute unless it comes back',
  ]);
  expect(removalText(undefined, now)).toBe('');
});
