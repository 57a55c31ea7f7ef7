import { act, screen, waitFor } from '@testing-library/react';

import { FakeService, type Answer } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';

const ASKED = 'GET /api/machines?flapping=true&limit=1000';
const MINUTE = 60_000;

const box = () => machine({ name: 'build box', status: 'online', statusSince: Date.now() - MINUTE });
const steady = machine({ name: 'gateway', status: 'online' });

test('a machine that the service says is flapping is marked in the list, and has a filter of its own', async () => {
  const flapping = box();
  const service = new FakeService();
  service.answers[ASKED] = () => [200, [flapping]];
  const { user } = await visitMachines([flapping, steady], service);
  expect(await screen.findByRole('row', { name: /build box flapping.*Online/ })).toBeVisible();

  await user.click(screen.getByRole('radio', { name: 'Flapping 1' }));

  expect(screen.getAllByRole('rowheader').map((header) => header.textContent)).toEqual(['build boxflapping']);
  expect(window.location.hash).toBe('#/machines?status=flapping');
});

test('where no machine changed within the hour, nothing is asked and no filter is offered', async () => {
  const { service } = await visitMachines([steady, machine({ statusSince: Date.now() })]);

  expect(service.asked).not.toContain(ASKED);
  expect(screen.queryByRole('radio', { name: /Flapping/ })).not.toBeInTheDocument();
});

test('where none flaps any more, a filter that is still chosen says so', async () => {
  window.history.replaceState(null, '', '#/machines?status=flapping');
  await visitMachines([steady]);

  expect(screen.getByText('No machine is flapping right now.')).toBeVisible();
  expect(screen.getByRole('radio', { name: 'Flapping 0' })).toBeChecked();
});

test('a mark goes when the service does not name the machine any more', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const flapping = box();
  const service = new FakeService();
  service.answers[ASKED] = () => [200, [flapping]];
  await visitMachines([flapping, steady], service);
  await screen.findByText('flapping');
  service.answers[ASKED] = () => [200, []];

  sendEvent('machine', { ...flapping, statusSince: Date.now() });
  vi.advanceTimersByTime(10_000);

  await waitFor(() => expect(screen.queryByText('flapping')).not.toBeInTheDocument());
  vi.useRealTimers();
});

test('the details of a machine that changed five times within the hour say that it flaps', async () => {
  const flapping = box();
  const service = new FakeService();
  service.knows(flapping);
  const changes = [1, 2, 3, 4, 5].map((count) => ({ at: Date.now() - count * MINUTE, status: 'online', offlineReason: null }));
  service.answers[`GET /api/machines/${flapping.machineId}/history`] = () => [200, { changes, uptime: { day: null, week: null, month: null } }];
  const { user } = await visitMachines([flapping], service);

  await user.click(screen.getByRole('button', { name: 'build box' }));

  expect(await screen.findByText(/^Flapping: it changed five times/)).toBeVisible();
  expect(screen.queryByRole('img', { name: /Last 7 days/ })).not.toBeVisible();
});

test('where other machines change before the service has answered, what it answers is shown all the same', async () => {
  const flapping = box();
  const service = new FakeService();
  let answer: (found: Answer) => void = () => undefined;
  service.answers[ASKED] = () => new Promise<Answer>((resolve) => (answer = resolve));
  await visitMachines([flapping, steady], service);
  await waitFor(() => expect(service.asked).toContain(ASKED));

  sendEvent('machine', { ...steady, status: 'offline', statusSince: Date.now(), offlineReason: 'connection_lost' });
  answer([200, [flapping]]);

  expect(await screen.findByText('flapping')).toBeVisible();
});

test('what is answered for the machines of another owner than show by then is not shown', async () => {
  const flapping = box();
  const service = new FakeService();
  const session = { userId: 'ada', expiresAt: Date.now() + 1e9, anonymous: false, teams: [{ name: 'ops', role: 'admin' }] };
  service.answers['POST /api/sessions'] = () => [201, session];
  let answer: (found: Answer) => void = () => undefined;
  service.answers[ASKED] = () => new Promise<Answer>((resolve) => (answer = resolve));
  await visitMachines([flapping], service);
  await waitFor(() => expect(service.asked).toContain(ASKED));

  window.location.hash = '#/machines?owner=team%3Aops';
  await screen.findByText('Loading your machines…');
  sendEvent('snapshot', [flapping]);
  await act(async () => answer([200, [flapping]]));

  expect(screen.getByRole('rowheader', { name: 'build box' })).toBeVisible();
  expect(screen.queryByText('flapping')).not.toBeInTheDocument();
});
