import { act, screen, waitFor } from '@testing-library/react';
import { onTestFinished } from 'vitest';

import type { SessionView } from '../http/contract.gen';
import { FakeEventSource } from '../testing/FakeEventSource';
import { FakeSharedWorker } from '../testing/FakeSharedWorker';
import { FakeService, problem } from '../testing/fakeService';
import { machine } from '../testing/machines';
import { sendEvent, visitMachines, visitPage } from '../testing/visitPage';

const ops = machine({ name: 'gateway', owner: 'team:ops' });

function serviceFor(session: Partial<SessionView>): FakeService {
  const service = new FakeService();
  const view = { userId: 'ada', name: 'Ada', expiresAt: Date.now() + 1e9, anonymous: false, teams: [], administrator: false, ...session };
  service.answers['POST /api/sessions'] = () => [201, view];
  service.answers['GET /api/sessions/current'] = () => [200, view];
  return service;
}

const memberAs = (role: 'viewer' | 'operator' | 'admin') => serviceFor({ teams: [{ name: 'ops', role }] });
const choice = () => screen.queryByRole('combobox', { name: 'Machines of' });

test('who is in no team has nothing to choose', async () => {
  await visitMachines([machine({ name: 'mine' })], serviceFor({}));

  expect(choice()).not.toBeInTheDocument();
  expect(FakeEventSource.latest.url).toBe('/api/machines/events');
});

test('a team that is chosen is in the address and in what is asked, and Back leads to the own machines', async () => {
  const { user } = await visitMachines([machine({ name: 'mine' })], memberAs('operator'));

  await user.selectOptions(choice() as HTMLElement, 'Team ops');
  expect(window.location.hash).toBe('#/machines?owner=team%3Aops');
  expect(FakeEventSource.latest.url).toBe('/api/machines/events?owner=team%3Aops');
  expect(screen.queryByText('mine')).not.toBeInTheDocument();
  sendEvent('snapshot', [ops]);
  expect(screen.getByRole('rowheader', { name: 'gateway' })).toBeVisible();

  window.history.back();
  await waitFor(() => expect(FakeEventSource.latest.url).toBe('/api/machines/events'));
});

test('a reload shows the team again, and a search asks for its host names', async () => {
  window.history.replaceState(null, '', '/app/#/machines?owner=team%3Aops');
  const service = memberAs('viewer');
  const { user } = await visitMachines([ops], service);

  expect(FakeEventSource.latest.url).toBe('/api/machines/events?owner=team%3Aops');
  await user.type(screen.getByRole('searchbox', { name: 'Search machines' }), 'build');
  await waitFor(() => expect(service.asked).toContain('GET /api/machines?q=build&limit=1000&owner=team%3Aops'));
});

test('a tab that asks for what it may not see leaves other tabs their stream, and joins it again on the way back', async () => {
  vi.stubGlobal('SharedWorker', FakeSharedWorker);
  onTestFinished(() => void vi.stubGlobal('SharedWorker', undefined));
  const { user } = await visitPage(memberAs('admin'));
  expect(FakeSharedWorker.at(-1).heard).toEqual(['join']);

  window.location.hash = '#/machines?owner=team%3Asecret';
  await screen.findByRole('heading', { name: 'You cannot see these machines' });
  expect(FakeSharedWorker.all.flatMap(({ heard }) => heard)).toEqual(['join', 'leave']);
  await user.click(screen.getByRole('button', { name: 'Show my machines' }));

  expect(FakeSharedWorker.at(-1).heard).toEqual(['join']);
});

test.each(['team:secret', 'all'])('a link to %s, which the person may not see, says so and leads back', async (owner) => {
  window.history.replaceState(null, '', `/app/#/machines?owner=${encodeURIComponent(owner)}`);
  const { user } = await visitPage(memberAs('admin'));

  expect(screen.getByRole('heading', { name: 'You cannot see these machines' })).toBeVisible();
  expect(FakeEventSource.all).toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'Show my machines' }));
  sendEvent('snapshot', [machine({ name: 'mine' })]);

  expect(screen.getByRole('rowheader', { name: 'mine' })).toBeVisible();
});

test('an administrator sees everyone, and in each row whose it is', async () => {
  window.history.replaceState(null, '', '/app/#/machines?owner=all');
  await visitMachines([ops, machine({ name: 'mine' })], serviceFor({ administrator: true }));

  expect(screen.getByRole('rowheader', { name: 'gateway Team ops' })).toBeVisible();
  expect(screen.getByRole('rowheader', { name: 'mine You' })).toBeVisible();
});

test.each([
  ['viewer', []],
  ['operator', ['Rename', 'New token…', 'Add machine']],
  ['admin', ['Rename', 'New token…', 'Hand over…', 'Delete…', 'Add machine']],
] as const)('a %s of the team has the buttons of the role', async (role, buttons) => {
  window.history.replaceState(null, '', `/app/#/machines/${ops.machineId}?owner=team%3Aops`);
  await visitMachines([ops], memberAs(role));

  const shown = ['Rename', 'New token…', 'Hand over…', 'Delete…', 'Add machine'].filter((name) => screen.queryByRole('button', { name }));
  expect(shown).toEqual(buttons);
  await screen.findByText('Machine ID');
  expect(screen.queryAllByRole('combobox', { name: 'Tell when offline for' })).toHaveLength(role === 'viewer' ? 0 : 1);
});

test('a machine that is added while a team shows is the team’s', async () => {
  window.history.replaceState(null, '', '/app/#/machines?owner=team%3Aops');
  const service = memberAs('operator');
  const sent: unknown[] = [];
  service.answers['POST /api/machines'] = (body) => {
    sent.push(body);
    return [201, { machineId: 'machine-of-ops', token: 'machine-of-ops:mrs_x' }];
  };
  const { user } = await visitMachines([ops], service);

  await user.click(screen.getByRole('button', { name: 'Add machine' }));
  expect(await screen.findByRole('dialog')).toHaveTextContent('It will belong to the team ops.');
  await user.keyboard('build box{Enter}');

  await waitFor(() => expect(sent).toMatchObject([{ name: 'build box', owner: 'team:ops' }]));
});

test('a machine is handed over to a team in which the person may add machines, and to no other', async () => {
  const mine = machine({ name: 'mine', owner: 'ada' });
  window.history.replaceState(null, '', `/app/#/machines/${mine.machineId}`);
  const service = serviceFor({ teams: [{ name: 'ops', role: 'operator' }, { name: 'audit', role: 'viewer' }] });
  const sent: unknown[] = [];
  service.answers[`PATCH /api/machines/${mine.machineId}`] = (body) => {
    sent.push(body);
    return [200, { ...mine, owner: 'team:ops' }];
  };
  const { user } = await visitMachines([mine], service);

  await user.click(screen.getByRole('button', { name: 'Hand over…' }));
  expect(await screen.findByRole('combobox', { name: 'New owner' })).toHaveTextContent(/^Team ops$/);
  await user.click(screen.getByRole('button', { name: 'Hand over' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(sent).toEqual([{ owner: 'team:ops' }]);
});

test('what keeps a machine from being handed over is said, and the choice stays', async () => {
  const mine = machine({ name: 'mine', owner: 'ada' });
  window.history.replaceState(null, '', `/app/#/machines/${mine.machineId}`);
  const service = memberAs('operator');
  service.answers[`PATCH /api/machines/${mine.machineId}`] = () => problem(403, 'The team has as many machines as it may have.');
  const { user } = await visitMachines([mine], service);

  await user.click(screen.getByRole('button', { name: 'Hand over…' }));
  await user.click(await screen.findByRole('button', { name: 'Hand over' }));

  await waitFor(() => expect(screen.getByText('The team has as many machines as it may have.')).toBeVisible());
  expect(screen.getByRole('combobox', { name: 'New owner' })).toHaveValue('team:ops');
});

test.each([
  ['Another team…', 'Name of the team', 'build', 'team:build'],
  ['Another person…', 'ID of the person', 'bob', 'bob'],
])('an administrator who is in no team hands a machine over to %s', async (choice, field, typed, owner) => {
  const mine = machine({ name: 'mine', owner: 'ada' });
  window.history.replaceState(null, '', `/app/#/machines/${mine.machineId}?owner=all`);
  const service = serviceFor({ administrator: true });
  const sent: unknown[] = [];
  service.answers[`PATCH /api/machines/${mine.machineId}`] = (body) => {
    sent.push(body);
    return [200, { ...mine, owner }];
  };
  const { user } = await visitMachines([mine, ops], service);

  await user.click(screen.getByRole('button', { name: 'Hand over…' }));
  await user.selectOptions(await screen.findByRole('combobox', { name: 'New owner' }), choice);
  expect(screen.getByRole('button', { name: 'Hand over' })).toBeDisabled();
  await user.type(screen.getByLabelText(field), ` ${typed} {Enter}`);

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(sent).toEqual([{ owner }]);
});

test('an administrator is offered the owners that the list shows, and told what is wrong with another', async () => {
  window.history.replaceState(null, '', `/app/#/machines/${ops.machineId}?owner=all`);
  const service = serviceFor({ administrator: true });
  const violations = [{ field: 'owner', message: 'must be a team' }];
  service.answers[`PATCH /api/machines/${ops.machineId}`] = () => problem(400, 'The owner is none.', { violations });
  const { user } = await visitMachines([ops, machine({ name: 'mine' })], service);

  await user.click(screen.getByRole('button', { name: 'Hand over…' }));
  expect(await screen.findByRole('combobox', { name: 'New owner' })).toHaveTextContent('MeAnother team…Another person…');
  await user.selectOptions(screen.getByRole('combobox', { name: 'New owner' }), 'Another team…');
  const field = screen.getByLabelText('Name of the team');
  expect((field as HTMLInputElement).list?.options[0]).toHaveValue('ops');
  await user.type(field, 'x{Enter}');

  expect(await screen.findByText('The owner must be a team.')).toBeVisible();
  expect(field).toHaveValue('x');
});

test('whoever’s session has ended keeps the teams, the buttons and the heirs that they had', async () => {
  const mine = machine({ name: 'mine', owner: 'ada' });
  window.history.replaceState(null, '', `/app/#/machines/${mine.machineId}`);
  const service = memberAs('operator');
  const { user } = await visitMachines([mine], service);
  service.answers['GET /api/sessions/current'] = () => problem(401, 'Credentials are missing.');
  service.answers['POST /api/sessions'] = () => problem(403, 'Not allowed.', { signInUrl: 'https://machines.example.org/api/sessions/sign-in' });
  act(() => FakeEventSource.latest.fail());
  await screen.findByText(/^Your session has ended/);

  expect(choice()).toBeVisible();
  expect(screen.getByRole('button', { name: 'Account' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Hand over…' }));

  expect(await screen.findByRole('combobox', { name: 'New owner' })).toHaveTextContent(/^Team ops$/);
});

test('who is signed in sees as whom, and in which teams with which role', async () => {
  const { user } = await visitMachines([ops], memberAs('viewer'));

  await user.click(screen.getByRole('button', { name: 'Account' }));

  expect(await screen.findByRole('dialog')).toHaveTextContent('You are signed in as Ada.');
  expect(screen.getByRole('dialog')).toHaveTextContent('hand machines over to you: ada');
  expect(screen.getByRole('listitem')).toHaveTextContent('ops: viewer. You see its machines.');
});
