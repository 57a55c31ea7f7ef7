import { fireEvent, screen, waitFor, within } from '@testing-library/react';

import type { SessionView } from '../../http/contract.gen';
import { FakeService, problem, type Answer } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';
import type { FoundByService } from '../search/useFoundByService';
import { EVERYTHING } from '../view/view';
import { afterStep, chosenOf, NOTHING_CHOSEN } from './choice';
import { targetOf } from './target';

const fleet = ['a', 'b', 'c', 'd'].map((name) => machine({ name, status: name === 'd' ? 'offline' : 'online', labels: { env: 'prod' } }));
const idOf = (index: number) => fleet[index]?.machineId ?? '';
const box = (name: string) => screen.getByRole('checkbox', { name: `Choose ${name}` });
const bar = () => screen.findByRole('region', { name: 'Chosen machines' });

async function chooseInBar(user: Awaited<ReturnType<typeof visitMachines>>['user'], button: string | RegExp) {
  await user.click(within(await bar()).getByRole('button', { name: button }));
}

test('boxes choose, with Shift a range, and the count is said', async () => {
  window.history.replaceState(null, '', '/app/#/machines?sort=name');
  const { user } = await visitMachines(fleet);

  await user.click(box('a'));
  expect(screen.getByText('1 machine chosen.')).toBeInTheDocument();
  fireEvent.click(box('c'), { shiftKey: true });

  expect([box('a'), box('b'), box('c')].every((one) => (one as HTMLInputElement).checked)).toBe(true);
  expect(box('d')).not.toBeChecked();
  expect(within(await bar()).getByText('3 machines chosen')).toBeVisible();
  expect(screen.getByText('3 machines chosen.')).toBeInTheDocument();
  expect(screen.getByRole('checkbox', { name: 'Choose all 4 that match' })).toBePartiallyChecked();
  await chooseInBar(user, 'Choose none');
  expect(screen.getByText('No machine chosen.')).toBeInTheDocument();
});

test('arrow keys lead from box to box', async () => {
  window.history.replaceState(null, '', '/app/#/machines?sort=name');
  const { user } = await visitMachines(fleet);

  box('a').focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(box('b')).toHaveFocus());
  await user.keyboard(' ');

  expect(box('b')).toBeChecked();
});

test('all that match are deleted by what selects them, with the number that the question names', async () => {
  window.history.replaceState(null, '', '/app/#/machines?label=env%3Dprod');
  const service = new FakeService();
  service.answers['DELETE /api/machines?owner=me&label=env%3Dprod&expect=4'] = () => [200, { changed: 4 }];
  const { user } = await visitMachines(fleet, service);

  await user.click(screen.getByRole('checkbox', { name: 'Choose all 4 that match' }));
  await chooseInBar(user, 'Delete…');
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete 4 machines?' }));
  await user.click(dialog.getByRole('button', { name: 'Delete 4 machines' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(screen.getByText('4 machines deleted.')).toBeInTheDocument();
  expect(screen.queryByRole('region', { name: 'Chosen machines' })).not.toBeInTheDocument();
});

test('where the service counts others, that is told and asked again', async () => {
  const service = new FakeService();
  const more = { count: 5 } as object;
  service.answers['DELETE /api/machines?owner=me&expect=4'] = () => problem(409, 'The selection means 5 machines, not 4. Nothing was changed.', more);
  service.answers['DELETE /api/machines?owner=me&expect=5'] = () => [200, { changed: 5 }];
  const { user } = await visitMachines(fleet, service);

  await user.click(box('a'));
  await chooseInBar(user, 'All 4 that match');
  await chooseInBar(user, 'Delete…');
  await user.click(screen.getByRole('button', { name: 'Delete 4 machines' }));

  const dialog = within(await screen.findByRole('dialog', { name: 'Delete 5 machines?' }));
  expect(dialog.getByText(/There were 4 machines when you chose them, and the service counts 5 by now/)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Delete 5 machines' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(screen.getByText('5 machines deleted.')).toBeInTheDocument();
});

test('the question stays as it was asked, whatever the list does meanwhile', async () => {
  const service = new FakeService();
  const { user } = await visitMachines(fleet, service);
  await user.click(screen.getByRole('checkbox', { name: 'Choose all 4 that match' }));
  await chooseInBar(user, 'Delete…');

  sendEvent('machine', machine({ name: 'e' }));

  await waitFor(() => expect(screen.getByText('5 machines chosen.')).toBeInTheDocument());
  expect(screen.getByRole('dialog', { name: 'Delete 4 machines?' })).toBeInTheDocument();
});

test('single ones are labelled one by one, and what failed is told and tried again', async () => {
  const service = new FakeService();
  const sent: unknown[] = [];
  let fails = true;
  service.answers[`PATCH /api/machines/${idOf(0)}`] = (body) => {
    sent.push(body);
    return [200, fleet[0]];
  };
  service.answers[`PATCH /api/machines/${idOf(1)}`] = () => (fails ? problem(400, 'A machine has at most 32 labels.') : [200, fleet[1]]);
  const { user } = await visitMachines(fleet, service);
  await user.click(box('a'));
  await user.click(box('b'));
  await chooseInBar(user, 'Labels…');
  const dialog = within(screen.getByRole('dialog'));
  await user.type(dialog.getByRole('combobox', { name: 'Key' }), 'zone');
  await user.type(dialog.getByRole('textbox', { name: 'Value' }), 'eu');
  await user.click(dialog.getByRole('button', { name: 'Set it on 2 machines' }));

  expect(await dialog.findByText('Done with 1 machine; it failed with 1:')).toBeVisible();
  expect(dialog.getByText(/A machine has at most 32 labels/)).toBeVisible();
  expect(sent).toEqual([{ labels: { zone: 'eu' } }]);
  fails = false;
  await user.click(dialog.getByRole('button', { name: 'Try 1 machine again' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(screen.getByText('2 machines changed.')).toBeInTheDocument();
  expect(sent).toHaveLength(1);
});

const twelve = Array.from({ length: 12 }, (_, index) => machine({ name: `node ${index}` }));

async function deleteOneByOne(service: FakeService) {
  window.history.replaceState(null, '', '/app/#/machines?status=offline');
  const { user } = await visitMachines(twelve, service);
  await user.click(screen.getByRole('checkbox', { name: 'Choose all 12 that match' }));
  await chooseInBar(user, 'Delete…');
  await user.click(screen.getByRole('button', { name: 'Delete 12 machines' }));
}

test('what goes one by one stops when the session has ended, and says how many were done', async () => {
  const service = new FakeService();
  const ended = () => problem(401, 'Your session has ended.');
  twelve.forEach(({ machineId }, index) => {
    service.answers[`DELETE /api/machines/${machineId}`] = () => {
      if (index < 3) {
        return [204];
      }
      service.answers['GET /api/sessions/current'] = ended;
      service.answers['POST /api/sessions'] = () => problem(403, 'Sign in.', { signInUrl: '/api/sessions/sign-in' });
      return ended();
    };
  });

  await deleteOneByOne(service);

  expect(await screen.findByText(/It stopped: your session has ended.*Done with 3 machines; nothing was done with 9\./)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Try 9 machines again' })).toBeEnabled();
  expect(service.asked).not.toContain(`DELETE /api/machines/${twelve[11]?.machineId}`);
});

test('what another person does not see is not taken for deleted', async () => {
  const service = new FakeService();
  twelve.forEach(({ machineId }) => {
    service.answers[`DELETE /api/machines/${machineId}`] = () => {
      service.answers['GET /api/sessions/current'] = () => [200, { userId: 'bob', expiresAt: Date.now() + 1e9, anonymous: true }];
      return problem(404, 'You have no machine with this id.');
    };
  });

  await deleteOneByOne(service);

  expect(await screen.findByText(/It stopped: .*Done with 0 machines; nothing was done with 12\./)).toBeVisible();
});

test('what was done is said also where the list has become empty by it', async () => {
  const service = new FakeService();
  let answer: (changed: Answer) => void = () => undefined;
  service.answers['DELETE /api/machines?owner=me&expect=4'] = () => new Promise<Answer>((resolve) => (answer = resolve));
  const { user } = await visitMachines(fleet, service);
  await user.click(screen.getByRole('checkbox', { name: 'Choose all 4 that match' }));
  await chooseInBar(user, 'Delete…');
  await user.click(screen.getByRole('button', { name: 'Delete 4 machines' }));
  fleet.forEach(({ machineId }) => sendEvent('removed', { machineId }));
  await screen.findByText('No machines yet');

  answer([200, { changed: 4 }]);

  expect(await screen.findByText('4 machines deleted.')).toBeInTheDocument();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('machines of one name are told apart by what their boxes are called', async () => {
  const twins = [machine({ name: 'build' }), machine({ name: 'build' })];
  const { user } = await visitMachines(twins);

  expect(screen.getAllByRole('checkbox', { name: /^Choose build/ }).map((one) => one.getAttribute('aria-label')).sort()).toEqual(
    twins.map(({ machineId }) => `Choose build ${machineId}`),
  );
  await user.click(screen.getByRole('button', { name: `build ${twins[0]?.machineId}` }));
  expect(screen.getByRole('region', { name: `Details of build ${twins[0]?.machineId}` })).toBeVisible();
});

test('a label is taken away from all, and somebody told of all after a time', async () => {
  const service = new FakeService();
  const sent: unknown[] = [];
  service.answers['PATCH /api/machines?owner=me&expect=4'] = (body) => {
    sent.push(body);
    return [200, { changed: 4 }];
  };
  const { user } = await visitMachines(fleet, service);
  const chooseAll = () => user.click(screen.getByRole('checkbox', { name: 'Choose all 4 that match' }));

  await chooseAll();
  await chooseInBar(user, 'Labels…');
  await user.click(screen.getByRole('radio', { name: 'Take a label away' }));
  await user.click(screen.getByRole('button', { name: 'Take it from 4 machines' }));
  expect(screen.getByText('A key has 1 to 63 of a-z 0-9 . _ / -')).toBeVisible();
  await user.type(screen.getByRole('combobox', { name: 'Key' }), 'env{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await chooseAll();
  await chooseInBar(user, 'Tell after…');
  await user.selectOptions(within(screen.getByRole('dialog')).getByRole('combobox'), '5 minutes');
  await user.click(screen.getByRole('button', { name: 'Save for 4 machines' }));

  await waitFor(() => expect(sent).toEqual([{ labels: { env: null } }, { alertAfterSeconds: 300 }]));
});

test.each(['viewer', 'operator', 'admin'] as const)('a %s of the team chooses only where that leads somewhere', async (role) => {
  window.history.replaceState(null, '', '/app/#/machines?owner=team%3Aops');
  const service = new FakeService();
  const view: SessionView = { userId: 'ada', name: 'Ada', expiresAt: Date.now() + 1e9, anonymous: false, teams: [{ name: 'ops', role }], administrator: false };
  service.answers['GET /api/sessions/current'] = () => [200, view];
  service.answers['POST /api/sessions'] = () => [201, view];
  await visitMachines([machine({ name: 'gateway', owner: 'team:ops' })], service);

  expect(screen.queryAllByRole('checkbox')).toHaveLength(role === 'admin' ? 2 : 0);
});

test('what the filter leaves out is not chosen, and another filter chooses none', () => {
  const state = afterStep(NOTHING_CHOSEN, { type: 'all' }, 'one', fleet);

  expect(chosenOf(state, 'one', fleet.slice(0, 2))).toEqual(fleet.slice(0, 2));
  expect(chosenOf(state, 'other', fleet)).toEqual([]);
  const without = afterStep(state, { type: 'one', machineId: idOf(1), range: false }, 'one', fleet);
  expect(chosenOf(without, 'one', fleet)).toEqual([fleet[0], fleet[2], fleet[3]]);
});

const FOUND: FoundByService = { machineIds: new Set(fleet.map(({ machineId }) => machineId)), state: 'answered' };

test.each([
  [{}, { query: 'owner=team%3Aops', searches: false }],
  [{ search: ' web ' }, { query: 'owner=team%3Aops&q=web', searches: true }],
  [{ labels: ['env=prod', '!gpu'] }, { query: 'owner=team%3Aops&label=env%3Dprod&label=%21gpu', searches: false }],
])('the service selects what the list shows under %j', (change, selection) => {
  expect(targetOf(fleet, true, 'team:ops', { ...EVERYTHING, ...change }, FOUND)).toEqual({ ...selection, count: 4 });
});

test.each([{ status: 'attention' as const }, { status: 'offline' as const }, { status: 'flapping' as const }])('what the service would select otherwise, as under %j, goes one by one', (change) => {
  expect(targetOf(fleet, true, 'me', { ...EVERYTHING, ...change }, FOUND)).toEqual({ machines: fleet });
});

test.each<[string, FoundByService]>([
  ['of which the service found one less', { ...FOUND, machineIds: new Set(fleet.slice(1).map(({ machineId }) => machineId)) }],
  ['too short or too long to ask for', { ...FOUND, state: 'unasked' }],
  ['that is still asked for', { ...FOUND, state: 'asking' }],
  ['of which not all were asked for', { ...FOUND, state: 'partial' }],
  ['that could not be asked for', { ...FOUND, state: 'failed' }],
])('what shows under a search %s goes one by one', (_which, found) => {
  expect(targetOf(fleet, true, 'me', { ...EVERYTHING, search: 'web' }, found)).toEqual({ machines: fleet });
});

const SEARCH = 'GET /api/machines?q=rack-7&limit=1000';

test('machines that the service counts under a search and nobody has seen are shown before they can be deleted', async () => {
  window.history.replaceState(null, '', '/app/#/machines?q=rack-7');
  const service = new FakeService();
  service.answers[SEARCH] = () => [200, fleet.slice(0, 1)];
  const counted = { count: 2 } as object;
  service.answers['DELETE /api/machines?owner=me&q=rack-7&expect=1'] = () => problem(409, 'The selection means 2 machines, not 1.', counted);
  service.answers['DELETE /api/machines?owner=me&q=rack-7&expect=2'] = () => [200, { changed: 2 }];
  const { user } = await visitMachines(fleet, service);
  await user.click(await screen.findByRole('checkbox', { name: 'Choose all 1 that match' }));
  await chooseInBar(user, 'Delete…');
  service.answers[SEARCH] = () => [200, fleet.slice(0, 2)];
  await user.click(screen.getByRole('button', { name: 'Delete 1 machine' }));

  expect(await screen.findByText(/Nothing was changed/)).toBeVisible();
  expect(screen.getByText(/the service counts 2 by now.*look at it first/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Delete 2 machines' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Look at the list' }));
  expect(await screen.findByRole('checkbox', { name: 'Choose b' })).toBeChecked();
  await chooseInBar(user, 'Delete…');
  await user.click(screen.getByRole('button', { name: 'Delete 2 machines' }));

  await waitFor(() => expect(screen.getByText('2 machines deleted.')).toBeInTheDocument());
});
