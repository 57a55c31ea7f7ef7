import { screen } from '@testing-library/react';

import { FakeService, problem, type Answer } from '../../testing/fakeService';
import { visitMachines } from '../../testing/visitPage';

const PATH = '/api/sessions/earlier-machines';

/** Bob has signed in where somebody without an account was. */
function signedIn(machines: number): FakeService {
  localStorage.setItem('session.personNotice', 'replaced bob');
  const service = new FakeService();
  const session = { userId: 'bob', name: 'Bob', expiresAt: Date.now() + 1e9, anonymous: false, teams: [], administrator: false };
  service.answers['GET /api/sessions/current'] = () => [200, session];
  service.answers['POST /api/sessions'] = () => [201, session];
  service.answers[`GET ${PATH}`] = () => [200, { machines }];
  return service;
}

test('who has signed in is asked whether the machines of before come along, and brings them', async () => {
  const service = signedIn(3);
  service.answers[`POST ${PATH}`] = () => [200, { machines: 3 }];
  const { user } = await visitMachines([], service);
  expect(await screen.findByRole('alert')).toHaveTextContent('3 machines of this browser’s earlier session');

  await user.click(screen.getByRole('button', { name: 'Bring them along' }));

  expect(service.asked).toContain(`POST ${PATH}`);
  expect(screen.queryByText(/earlier session/)).not.toBeInTheDocument();
});

test('who leaves them behind is not asked again', async () => {
  const service = signedIn(1);
  service.answers[`DELETE ${PATH}`] = () => [204];
  const { user } = await visitMachines([], service);

  await user.click(await screen.findByRole('button', { name: 'Leave behind' }));

  expect(service.asked).toContain(`DELETE ${PATH}`);
  expect(screen.queryByText(/earlier session/)).not.toBeInTheDocument();
});

test('where there are too many, it says so, and nothing is lost', async () => {
  const service = signedIn(2);
  service.answers[`POST ${PATH}`] = (): Answer => problem(403, 'An owner may have 3 machines, and this would be more.');
  const { user } = await visitMachines([], service);

  await user.click(await screen.findByRole('button', { name: 'Bring them along' }));

  expect(await screen.findByText(/An owner may have 3 machines/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Bring them along' })).toBeEnabled();
});

test('where there were none, it is said as before that this is another person', async () => {
  const service = signedIn(0);
  await visitMachines([], service);

  expect(await screen.findByText(/You are another person than before/)).toBeVisible();
  expect(service.asked).toContain(`GET ${PATH}`);
});

test('where the question could not be asked it can be tried again', async () => {
  const service = signedIn(3);
  service.answers[`GET ${PATH}`] = (): Answer => problem(503, 'The service cannot reach its database.');
  const { user } = await visitMachines([], service);
  const again = await screen.findByRole('button', { name: 'Try again' });
  service.answers[`GET ${PATH}`] = () => [200, { machines: 3 }];

  await user.click(again);

  expect(await screen.findByRole('button', { name: 'Bring them along' })).toBeVisible();
});

test('people without an account are asked nothing', async () => {
  localStorage.setItem('session.personNotice', 'replaced ada');
  const { service } = await visitMachines([]);

  expect(screen.getByText(/You are another person than before/)).toBeVisible();
  expect(service.asked).not.toContain(`GET ${PATH}`);
});
