import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';

import { FakeEventSource } from '../../testing/FakeEventSource';
import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines, visitPage } from '../../testing/visitPage';

const online = machine({ name: 'gateway', status: 'online', statusSince: Date.now() - 7_300_000, assistantCount: 2 });
const silent = machine({ name: 'lab bench', offlineReason: 'missed_heartbeats', statusSince: Date.now() - 3 * 3_600_000 - 60_000 });

const rowNames = () => screen.getAllByRole('rowheader').map((header) => header.textContent);

test('while the list is on its way, the page says so', async () => {
  await visitPage();

  expect(screen.getByText('Loading your machines…')).toBeInTheDocument();
});

test('each machine shows its status in words, since when, and the reason when it is offline', async () => {
  await visitMachines([online, silent]);

  expect(screen.getByRole('heading', { name: '2 machines, 1 online, 1 needs attention' })).toBeVisible();
  expect(screen.getByRole('row', { name: /gateway.*Online.*for 2 hours.*2/ })).toBeVisible();
  expect(screen.getByRole('row', { name: /lab bench.*Offline.*fell silent.*for 3 hours/ })).toBeVisible();
});

test('changes and removals show at once', async () => {
  await visitMachines([online, silent]);

  sendEvent('machine', { ...online, status: 'offline', offlineReason: 'disconnected' });
  expect(screen.getByRole('row', { name: /gateway.*Offline.*disconnected/ })).toBeVisible();

  sendEvent('removed', { machineId: silent.machineId });
  await waitFor(() => expect(rowNames()).toEqual(['gateway']));
});

test('the title of the tab counts what broke, and is quiet about what was switched off', async () => {
  await visitMachines([online, silent, machine(), machine({ offlineReason: 'disconnected' })]);
  expect(document.title).toBe('1 needs attention · Machine registry');

  sendEvent('machine', { ...silent, offlineReason: 'disconnected' });
  expect(document.title).toBe('Machine registry');
});

test('a search and a filter narrow the list, and can be undone where nothing is left', async () => {
  const { user } = await visitMachines([online, silent]);

  await user.click(screen.getByRole('radio', { name: 'Offline 1' }));
  expect(rowNames()).toEqual(['lab bench']);
  await user.type(screen.getByRole('searchbox', { name: 'Search machines' }), 'gate');
  expect(screen.getByText('1 machine with “gate” is left out by the filter.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show it' }));

  expect(rowNames()).toEqual(['gateway']);
});

test.each([
  ['g', 'No machine here has “g” in its name or ID.', undefined],
  ['nowhere', 'No machine here has “nowhere” in its name, host name or ID.', () => [200, []] as const],
  ['nowhere', 'No machine here has “nowhere” in its name or ID. Host names could not be searched.', () => problem(503, 'Try again shortly.')],
] as const)('a search for %s that finds nothing says what was searched', async (search, said, answer) => {
  const service = new FakeService();
  if (answer) {
    service.answers['GET /api/machines?q=nowhere&limit=1000'] = () => [...answer()];
  }
  const { user } = await visitMachines([machine({ name: 'lab bench', machineId: 'abcdefabcd' })], service);

  await user.type(screen.getByRole('searchbox', { name: 'Search machines' }), search);
  expect(await screen.findByText(said)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show all machines' }));

  expect(rowNames()).toEqual(['lab bench']);
});

test('a machine of a replica of the version before, which tells no moment, shows none', async () => {
  const old = machine({ name: 'gateway', status: 'online' });
  const untold: Partial<typeof old> = { ...old };
  delete untold.statusSince;
  const service = new FakeService();
  service.knows(old, { statusSince: undefined as unknown as number });
  window.history.replaceState(null, '', `#/machines/${old.machineId}`);
  await visitMachines([untold as typeof old], service);

  expect(screen.getByRole('row', { name: /gateway.*Online.*not told/ })).toBeVisible();
  expect(screen.getByRole('region', { name: 'Details of gateway' })).toBeVisible();
});

test('the arrow keys lead through the list', async () => {
  const { user } = await visitMachines([online, silent]);

  screen.getByRole('button', { name: 'lab bench' }).focus();
  await user.keyboard('{ArrowDown}');

  await waitFor(() => expect(screen.getByRole('button', { name: 'gateway' })).toHaveFocus());
});

test('the selector picks the machine whose details show', async () => {
  const service = new FakeService();
  service.knows(online, { hostname: 'gw-1', os: 'Linux' });
  const { user } = await visitMachines([online, silent], service);

  await user.type(screen.getByRole('combobox', { name: 'Go to machine' }), 'gate{Enter}');

  const details = screen.getByRole('region', { name: 'Details of gateway' });
  expect(await within(details).findByText('gw-1')).toBeVisible();
  expect(within(details).getAllByText('not told yet')).toHaveLength(2);
});

test('the selector suggests a few of many, and the arrow keys choose one', async () => {
  const many = Array.from({ length: 2_000 }, (_, index) => machine({ name: `machine ${index}` }));
  const { user } = await visitMachines(many);
  const selector = screen.getByRole('combobox', { name: 'Go to machine' });

  await user.type(selector, 'machine 1');
  const list = screen.getByRole('listbox', { name: 'Machines found' });
  expect(within(list).getAllByRole('option')).toHaveLength(8);
  expect(screen.getByText('The first 8 of 1,111 machines.')).toBeVisible();
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(selector).toHaveAttribute('aria-activedescendant', within(list).getByRole('option', { selected: true }).id);
  await user.keyboard('{Enter}');

  expect(screen.getByRole('region', { name: 'Details of machine 10' })).toBeVisible();
  expect(screen.queryByRole('listbox', { name: 'Machines found' })).not.toBeInTheDocument();
});

test('a search finds a machine by its host name, which the service knows', async () => {
  const service = new FakeService();
  service.answers['GET /api/machines?q=lab-1&limit=1000'] = () => [200, [silent]];
  await visitMachines([online, silent], service);

  // Nobody types so slowly that the service is asked in between.
  for (const value of ['l', 'la', 'lab', 'lab-', 'lab-1']) {
    fireEvent.change(screen.getByRole('searchbox', { name: 'Search machines' }), { target: { value } });
  }

  await waitFor(() => expect(rowNames()).toEqual(['lab bench']));
  expect(service.asked.filter((request) => request.includes('?q='))).toHaveLength(1);
});

test('what a service that is away cannot find is looked for in the page all the same', async () => {
  const service = new FakeService();
  service.answers['GET /api/machines?q=lab&limit=1000'] = () => problem(503, 'Try again shortly.');
  const { user } = await visitMachines([online, silent], service);

  await user.type(screen.getByRole('searchbox', { name: 'Search machines' }), 'lab');

  await waitFor(() => expect(service.asked).toContain('GET /api/machines?q=lab&limit=1000'));
  expect(rowNames()).toEqual(['lab bench']);
});

test('search, filter, order and the selected machine are in the address, and come from it', async () => {
  const { user } = await visitMachines([online, silent]);
  await user.type(screen.getByRole('searchbox', { name: 'Search machines' }), 'gate');
  await user.click(screen.getByRole('radio', { name: 'Online 1' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'Last seen first');
  await user.click(screen.getByRole('button', { name: 'gateway' }));
  expect(window.location.hash).toBe(`#/machines/${online.machineId}?q=gate&status=online&sort=lastSeen`);

  cleanup();
  await visitMachines([online, silent]);

  expect(screen.getByRole('searchbox', { name: 'Search machines' })).toHaveValue('gate');
  expect(screen.getByRole('radio', { name: 'Online 1' })).toBeChecked();
  expect(screen.getByRole('combobox', { name: 'Sort by' })).toHaveDisplayValue('Last seen first');
  expect(screen.getByRole('region', { name: 'Details of gateway' })).toBeVisible();
});

test('a broken machine is amber and comes first; one that was switched off is grey, and has no assistants', async () => {
  const switchedOff = machine({ name: 'alpha', offlineReason: 'disconnected', assistantCount: 3 });
  await visitMachines([switchedOff, online, silent]);

  expect(rowNames()).toEqual(['lab bench', 'alpha', 'gateway']);
  const badgeIn = (name: string) => within(screen.getByRole('row', { name: new RegExp(name) })).getByText('Offline');
  expect(badgeIn('lab bench')).toHaveAttribute('data-status', 'broken');
  expect(badgeIn('alpha')).toHaveAttribute('data-status', 'offline');
  expect(within(screen.getByRole('row', { name: /alpha/ })).getByRole('cell', { name: '0 assistants' })).toHaveTextContent('–');
});

test('all machines are printed, also those out of sight', async () => {
  await visitMachines(Array.from({ length: 300 }, (_, index) => machine({ name: `machine ${index}` })));

  act(() => void window.dispatchEvent(new Event('beforeprint')));
  expect(screen.getAllByRole('rowheader')).toHaveLength(300);

  act(() => void window.dispatchEvent(new Event('afterprint')));
  expect(screen.getAllByRole('row').length).toBeLessThan(60);
});

test('the page says which version of the service this is', async () => {
  await visitMachines([online]);

  expect(await screen.findByText('Machine registry 1.2.3')).toBeVisible();
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
  // Where the click takes long, the page has tried again by itself before.
  const before = FakeEventSource.all.length;
  await user.click(screen.getByRole('button', { name: 'Reconnect now' }));
  await waitFor(() => expect(FakeEventSource.all.length).toBeGreaterThan(before));
  sendEvent('snapshot', [online, silent]);

  expect(screen.queryByText(/Not live since/)).not.toBeInTheDocument();
  expect(rowNames()).toEqual(['lab bench', 'gateway']);
});

test('a list that cannot be loaded says so and can be tried again', async () => {
  const service = new FakeService();
  service.answers['GET /api/sessions/current'] = () => problem(503, 'Try again shortly.');
  await visitPage(service);

  act(() => FakeEventSource.latest.fail());
  const again = await screen.findByRole('button', { name: 'Try now' });
  service.answers['GET /api/sessions/current'] = () => [200, {}];
  // At once, since the page tries again by itself as well.
  fireEvent.click(again);
  await waitFor(() => expect(FakeEventSource.all).toHaveLength(2));
  sendEvent('snapshot', []);

  expect(screen.getByRole('heading', { name: 'No machines yet' })).toBeVisible();
});
