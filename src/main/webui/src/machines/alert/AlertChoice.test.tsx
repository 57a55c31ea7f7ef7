import { act, fireEvent, screen, waitFor } from '@testing-library/react';

import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';
import { timeText } from '../time/timeText';

const box = machine({ name: 'build box', status: 'online' });
const path = `/api/machines/${box.machineId}`;

async function openDetails(alertAfterSeconds: number | null, service = new FakeService()) {
  service.knows(box, { alertAfterSeconds });
  const asked: unknown[] = [];
  service.answers[`PATCH ${path}`] ??= (body) => {
    asked.push(body);
    service.knows(box, body as object);
    return [200, { ...box, ...(body as object) }];
  };
  const { user } = await visitMachines([box], service);
  await user.click(screen.getByRole('button', { name: 'build box' }));
  const select = await screen.findByRole('combobox', { name: 'Tell when offline for' });
  await waitFor(() => expect(select).toBeEnabled());
  return { service, user, select, asked };
}

test('an alert is asked for, shown, and taken away', async () => {
  const { user, select, asked } = await openDetails(null);
  expect(select).toHaveDisplayValue('never');

  await user.selectOptions(select, '5 minutes');
  await waitFor(() => expect(select).toHaveDisplayValue('5 minutes'));
  sendEvent('machine', { ...box });
  await waitFor(() => expect(select).toHaveDisplayValue('5 minutes'));
  await user.selectOptions(select, 'never');

  await waitFor(() => expect(select).toHaveDisplayValue('never'));
  expect(asked).toEqual([{ alertAfterSeconds: 300 }, { alertAfterSeconds: null }]);
});

test.each(['Tab', 'Enter', 'a pause', 'the end of the details'])('what the arrow keys pass is not saved, and what they lead to once, with %s', async (how) => {
  const { user, select, asked } = await openDetails(null);
  select.focus();
  for (const value of ['60', '300', '3600']) {
    fireEvent.keyDown(select, { key: 'ArrowDown' });
    // A browser says that it changed at each of them.
    fireEvent.change(select, { target: { value } });
  }
  expect(select).toHaveDisplayValue('1 hour');
  expect(asked).toEqual([]);

  if (how === 'the end of the details') {
    act(() => window.history.back());
  } else if (how !== 'a pause') {
    await user.keyboard(`{${how}}`);
  }

  await waitFor(() => expect(asked).toEqual([{ alertAfterSeconds: 3_600 }]));
  await user.tab();
  expect(asked).toHaveLength(1);
});

test('a time that was set over the API is shown as it is', async () => {
  const { select } = await openDetails(90);

  expect(select).toHaveDisplayValue('90 seconds');
});

test('where alerts go nowhere, whoever asks for one is told', async () => {
  const service = new FakeService();
  service.answers['GET /q/info'] = () => [200, { alerts: { configured: false } }];
  const { user, select } = await openDetails(null, service);
  expect(screen.queryByText(/Nobody is told yet/)).not.toBeInTheDocument();

  await user.selectOptions(select, '1 day');

  expect(await screen.findByText(/Nobody is told yet/)).toBeVisible();
});

test('what could not be saved is said, and not shown as if it were', async () => {
  const service = new FakeService();
  service.answers[`PATCH ${path}`] = () => problem(503, 'The service cannot reach its database.');
  const { user, select } = await openDetails(null, service);

  await user.selectOptions(select, '1 hour');

  expect(await screen.findByText('The service cannot reach its database.')).toBeVisible();
  expect(select).toHaveDisplayValue('never');
});

test('times are said in the largest unit that leaves nothing over', () => {
  expect([60, 300, 3_600, 86_400, 172_800, 90, 5_400].map(timeText)).toEqual([
    '1 minute', '5 minutes', '1 hour', '1 day', '2 days', '90 seconds', '90 minutes',
  ]);
});
