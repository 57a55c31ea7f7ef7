import { act, screen, waitFor, within } from '@testing-library/react';

import { FakeEventSource } from '../testing/FakeEventSource';
import { FakeService, problem } from '../testing/fakeService';
import { machine } from '../testing/machines';
import { sendEvent, visitMachines, visitPage } from '../testing/visitPage';

const online = machine({ name: 'gateway', status: 'online', assistantCount: 2 });
const silent = machine({ name: 'lab bench', offlineReason: 'missed_heartbeats', lastSeen: Date.now() - 200_000 });

const rowNames = () => screen.getAllByRole('rowheader').map((header) => header.textContent);

test('while the list is on its way, the page says so', async () => {
  await visitPage();

  expect(screen.getByText('Loading your machines…')).toBeInTheDocument();
});

test('each machine shows its status in words, with the reason when it is offline', async () => {
  await visitMachines([online, silent]);

  expect(screen.getByRole('heading', { name: '2 machines, 1 online' })).toBeVisible();
  expect(screen.getByRole('row', { name: /gateway.*Online.*now.*2/ })).toBeVisible();
  expect(screen.getByRole('row', { name: /lab bench.*Offline.*silent for 3 minutes/ })).toBeVisible();
});

test('changes and removals show at once', async () => {
  await visitMachines([online, silent]);

  sendEvent('machine', { ...online, status: 'offline', offlineReason: 'disconnected' });
  expect(screen.getByRole('row', { name: /gateway.*Offline.*disconnected/ })).toBeVisible();

  sendEvent('removed', { machineId: silent.machineId });
  await waitFor(() => expect(rowNames()).toEqual(['gateway']));
});

test('the title of the tab counts what is offline', async () => {
  await visitMachines([online, silent]);

  expect(document.title).toBe('1 offline · Machine registry');
});

test('a search and a filter narrow the list, and can be undone where nothing is left', async () => {
  const { user } = await visitMachines([online, silent]);

  await user.click(screen.getByRole('radio', { name: 'Offline 1' }));
  expect(rowNames()).toEqual(['lab bench']);
  await user.type(screen.getByRole('searchbox', { name: 'Search machines' }), 'gate');
  expect(screen.getByText('No machine here is called “gate”.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all machines' }));

  expect(rowNames()).toEqual(['gateway', 'lab bench']);
});

test('the arrow keys lead through the list', async () => {
  const { user } = await visitMachines([online, silent]);

  screen.getByRole('button', { name: 'gateway' }).focus();
  await user.keyboard('{ArrowDown}');

  await waitFor(() => expect(screen.getByRole('button', { name: 'lab bench' })).toHaveFocus());
});

test('the selector picks the machine whose details show', async () => {
  const service = new FakeService();
  service.knows(online, { hostname: 'gw-1', os: 'Linux' });
  const { user } = await visitMachines([online, silent], service);

  await user.selectOptions(screen.getByRole('combobox', { name: 'Show machine' }), 'gateway');

  const details = screen.getByRole('region', { name: 'Details of gateway' });
  expect(await within(details).findByText('gw-1')).toBeVisible();
  expect(within(details).getAllByText('not told yet')).toHaveLength(2);
});

test('a list of thousands draws only what is in sight', async () => {
  await visitMachines(Array.from({ length: 2_000 }, (_, index) => machine({ name: `machine ${index}` })));

  expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '2001');
  expect(screen.getAllByRole('row').length).toBeLessThan(60);
});

test('a lost stream says so, and the list stays', async () => {
  const { user } = await visitMachines([online]);

  act(() => FakeEventSource.latest.fail());
  expect(screen.getByText(/Not live since/)).toBeVisible();
  expect(rowNames()).toEqual(['gateway']);
  await user.click(screen.getByRole('button', { name: 'Reconnect now' }));
  await waitFor(() => expect(FakeEventSource.all).toHaveLength(2));
  sendEvent('snapshot', [online, silent]);

  expect(screen.queryByText(/Not live since/)).not.toBeInTheDocument();
  expect(rowNames()).toEqual(['gateway', 'lab bench']);
});

test('a list that cannot be loaded says so and can be tried again', async () => {
  const service = new FakeService();
  service.answers['GET /api/sessions/current'] = () => problem(503, 'Try again shortly.');
  const { user } = await visitPage(service);

  act(() => FakeEventSource.latest.fail());
  const again = await screen.findByRole('button', { name: 'Try now' });
  service.answers['GET /api/sessions/current'] = () => [200, {}];
  await user.click(again);
  await waitFor(() => expect(FakeEventSource.all).toHaveLength(2));
  sendEvent('snapshot', []);

  expect(screen.getByRole('heading', { name: 'No machines yet' })).toBeVisible();
});
