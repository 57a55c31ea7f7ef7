import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';

import { FakeService } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';
import { lastLookOf, rememberLook } from './lastLooks';

const HOUR = 3_600_000;
const twoHoursAgo = () => ({ at: Date.now() - 2 * HOUR - 1_000, change: Date.now() - 3 * HOUR });
const silent = (name: string, age = HOUR) => machine({ name, offlineReason: 'missed_heartbeats', statusSince: Date.now() - age });
const back = (name: string) => machine({ name, status: 'online', statusSince: Date.now() - HOUR / 2 });

const told = () => screen.queryByText(/^While you were away/);

function hide(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  act(() => void fireEvent(document, new Event('visibilitychange')));
}

test('whoever reopens the page is told what changed meanwhile, with links, until they dismiss it', async () => {
  rememberLook('ada', twoHoursAgo());
  const { user } = await visitMachines([silent('alpha'), silent('beta', HOUR / 3), back('gamma'), machine({ name: 'same', status: 'online' })]);
  expect(told()).toHaveTextContent('While you were away (2 hours): beta and alpha went offline; gamma came online.');

  await user.click(within(told() as HTMLElement).getByRole('link', { name: 'alpha' }));
  expect(await screen.findByRole('region', { name: 'Details of alpha' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));

  expect(told()).not.toBeInTheDocument();
});

test('many are a number that leads to their list, and those that went together are told so', async () => {
  rememberLook('ada', twoHoursAgo());
  const all = Array.from({ length: 12 }, (_, index) => silent(`box ${index}`));
  const { user } = await visitMachines([...all, back('gamma')]);
  expect(told()).toHaveTextContent(/: 12 machines went offline; gamma came online\.These 12 went within the same five seconds, at .*: box .*, box .*, box .* and 9 more\./);

  await user.click(screen.getByRole('link', { name: '12 machines went offline' }));

  expect(window.location.hash).toBe('#/machines?status=offline&sort=since');
  expect(screen.getByRole('radio', { name: 'Offline 12' })).toBeChecked();
});

test('whoever comes back to a hidden page is told what changed meanwhile', async () => {
  const box = machine({ name: 'build box', status: 'online' });
  await visitMachines([box]);
  expect(told()).not.toBeInTheDocument();
  hide(true);
  const left = lastLookOf('ada');
  sendEvent('machine', { ...box, status: 'offline', offlineReason: 'connection_lost', statusSince: Date.now() });
  expect(lastLookOf('ada')).toEqual(left);
  localStorage.setItem('looked', JSON.stringify([['ada', { at: Date.now() - 180_000, change: left?.change }]]));

  hide(false);

  expect(told()).toHaveTextContent('While you were away (3 minutes): build box went offline.');
});

test('what was seen of one list says nothing of another', async () => {
  const service = new FakeService();
  const view = { userId: 'ada', name: 'Ada', expiresAt: Date.now() + 1e9, anonymous: false, teams: [{ name: 'ops', role: 'operator' }] };
  service.answers['POST /api/sessions'] = () => [201, view];
  service.answers['GET /api/sessions/current'] = () => [200, view];
  rememberLook('ada', twoHoursAgo());
  const { user } = await visitMachines([silent('alpha')], service);
  expect(told()).toHaveTextContent('alpha went offline');

  await user.selectOptions(screen.getByRole('combobox', { name: 'Machines of' }), 'Team ops');
  sendEvent('snapshot', [machine({ ...silent('gateway'), owner: 'team:ops' })]);

  expect(told()).not.toBeInTheDocument();
});

test('nothing is told where nothing changed, at the first visit, or of a moment', async () => {
  const machines = [silent('alpha'), back('gamma')];
  await visitMachines(machines);
  expect(told()).not.toBeInTheDocument();

  cleanup();
  await visitMachines(machines);
  expect(told()).not.toBeInTheDocument();

  rememberLook('ada', { at: Date.now(), change: Date.now() });
  cleanup();
  await visitMachines([...machines, silent('now', 0)]);
  expect(told()).not.toBeInTheDocument();
});

test('another person is not told what changed for the first', async () => {
  rememberLook('bob', twoHoursAgo());
  await visitMachines([silent('alpha')]);

  expect(told()).not.toBeInTheDocument();
});
