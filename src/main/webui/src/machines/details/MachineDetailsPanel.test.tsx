import { act, screen, waitFor, within } from '@testing-library/react';
import { onTestFinished } from 'vitest';

import type { Machine } from '../../http/contract.gen';
import { FakeService, problem, type Answer } from '../../testing/fakeService';
import { asksBeforeReload, pressEscape } from '../../testing/leaving';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';

async function openDetails(answer?: FakeService['answers'][string], fields: Partial<Machine> = {}) {
  const box = machine({ name: 'build box', status: 'online', ...fields });
  const service = new FakeService();
  const path = `/api/machines/${box.machineId}`;
  service.knows(box);
  if (answer) {
    service.answers[`GET ${path}`] = answer;
  }
  const { user } = await visitMachines([box], service);
  await user.click(screen.getByRole('button', { name: 'build box' }));
  return { box, service, user, path };
}

test('a machine is renamed in place, and focus goes back to the button', async () => {
  const { box, service, user, path } = await openDetails();
  service.answers[`PATCH ${path}`] = (body) => [200, { ...box, ...(body as object) }];

  await user.click(screen.getByRole('button', { name: 'Rename' }));
  await user.clear(screen.getByRole('textbox', { name: 'Name' }));
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'old box{Enter}');
  sendEvent('machine', { ...box, name: 'old box' });

  expect(await screen.findByRole('heading', { name: 'old box' })).toBeVisible();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Rename' })).toHaveFocus());
});

test('escape leaves the name as it was', async () => {
  const { user } = await openDetails();

  await user.click(screen.getByRole('button', { name: 'Rename' }));
  await user.keyboard('x{Escape}');

  expect(screen.getByRole('heading', { name: 'build box' })).toBeVisible();
});

test('a leaked token is rotated and its end is asked for', async () => {
  const { box, service, user, path } = await openDetails();
  const asked: unknown[] = [];
  service.answers[`POST ${path}/token`] = (body) => {
    asked.push(body);
    return [201, { machineId: box.machineId, token: `${box.machineId}:mrs_new` }];
  };

  await user.click(screen.getByRole('button', { name: 'New token…' }));
  await user.click(await screen.findByRole('checkbox', { name: /Somebody else may have/ }));
  await user.click(screen.getByRole('button', { name: 'Make a new token' }));

  expect(await screen.findByRole('region', { name: 'Shell command' })).toHaveTextContent('mrs_new');
  expect(asked).toEqual([{ revokeOld: true }]);
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.getByRole('alert')).toHaveTextContent('You have not copied the token');
});

test('the dialog stays while a token is being made, whatever is pressed, and shows it', async () => {
  const { box, service, user, path } = await openDetails();
  let answer: (made: Answer) => void = () => undefined;
  service.answers[`POST ${path}/token`] = () => new Promise<Answer>((resolve) => (answer = resolve));
  await user.click(screen.getByRole('button', { name: 'New token…' }));
  await user.click(await screen.findByRole('button', { name: 'Make a new token' }));

  expect(screen.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  expect(asksBeforeReload()).toBe(true);
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Close' }));
  pressEscape();
  await act(async () => answer([201, { machineId: box.machineId, token: `${box.machineId}:mrs_new` }]));

  expect(await screen.findByRole('region', { name: 'Shell command' })).toHaveTextContent('mrs_new');
});

test('where no token could be made, the dialog can be closed', async () => {
  const { service, user, path } = await openDetails();
  service.answers[`POST ${path}/token`] = () => problem(503, 'Try again shortly.');
  await user.click(screen.getByRole('button', { name: 'New token…' }));
  await user.click(await screen.findByRole('button', { name: 'Make a new token' }));
  expect(await screen.findByText('Try again shortly.')).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Cancel' }));

  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  await waitFor(() => expect(asksBeforeReload()).toBe(false));
});

async function rotate(fields: Partial<Machine>, leaked: boolean) {
  const opened = await openDetails(undefined, fields);
  const { box, service, user, path } = opened;
  service.answers[`POST ${path}/token`] = () => [201, { machineId: box.machineId, token: `${box.machineId}:mrs_new` }];
  await user.click(screen.getByRole('button', { name: 'New token…' }));
  const mayBeLeaked = await screen.findByRole('checkbox', { name: /Somebody else may have/ });
  if (leaked) {
    await user.click(mayBeLeaked);
  }
  await user.click(screen.getByRole('button', { name: 'Make a new token' }));
  await screen.findByRole('button', { name: 'Copy command' });
  return opened;
}

test('after a leaked token was ended, the dialog tells when the machine is heard with the new one', async () => {
  const { box, service } = await rotate({}, true);
  expect(screen.getByText(/Waiting for the machine to come with the new one/)).toBeVisible();

  service.knows({ ...box, lastSeen: Date.now() + 60_000 });

  expect(await screen.findByText('The machine uses the new token.')).toBeVisible();
});

test('a service that asks for fewer requests is not asked every few seconds whether the machine took its new token', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  const { box, service, path } = await rotate({}, true);
  service.answers[`GET ${path}`] = () => problem(429, 'Slow down.', {}, { 'Retry-After': '30' });
  await act(() => vi.advanceTimersByTimeAsync(3_000));
  service.asked.length = 0;

  await act(() => vi.advanceTimersByTimeAsync(25_000));
  expect(service.asked.filter((request) => request === `GET ${path}`)).toEqual([]);
  service.knows({ ...box, lastSeen: Date.now() + 60_000 });
  await act(() => vi.advanceTimersByTimeAsync(6_000));

  expect(await screen.findByText('The machine uses the new token.')).toBeVisible();
});

test('while either token works, the dialog claims no more than that the machine came back', async () => {
  const { box } = await rotate({}, false);
  expect(screen.getByText('The machine is online.')).toBeVisible();

  sendEvent('machine', { ...box, status: 'offline', offlineReason: 'disconnected' });
  expect(screen.getByText(/Waiting for it to connect/)).toBeVisible();
  sendEvent('machine', box);

  expect(await screen.findByText('The machine has connected again.')).toBeVisible();
});

test('a new token that was copied may go without a question', async () => {
  const { user } = await rotate({}, false);

  await user.click(screen.getByRole('button', { name: 'Copy command' }));
  await user.click(screen.getByRole('button', { name: 'Done' }));

  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('a machine that is not there says so', async () => {
  window.history.replaceState(null, '', '#/machines/gone-for-good');
  await visitMachines([machine()]);

  expect(screen.getByText('This machine is not in your list. It may have been deleted.')).toBeVisible();
});

test('a machine is deleted only after its name was typed', async () => {
  const { service, user, path } = await openDetails();
  service.answers[`DELETE ${path}`] = () => [204];

  await user.click(screen.getByRole('button', { name: 'Delete…' }));
  const confirm = await screen.findByRole('button', { name: 'Delete machine' });
  expect(confirm).toBeDisabled();
  await user.type(screen.getByRole('textbox'), 'build box');
  await user.click(confirm);

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(service.asked).toContain(`DELETE ${path}`);
  expect(screen.queryByRole('region', { name: /Details/ })).not.toBeInTheDocument();
});

test('machines of one name are told apart by their ids, others are not', async () => {
  const twins = [machine({ name: 'box' }), machine({ name: 'box' })];
  await visitMachines([...twins, machine({ name: 'other' })], new FakeService());

  for (const { machineId } of twins) {
    expect(screen.getByRole('button', { name: `box ${machineId}` })).toBeVisible();
  }
  expect(screen.getByRole('button', { name: 'other' })).toBeVisible();
});

test('a machine whose name shows nothing can be selected, and deleted by its id', async () => {
  const hidden = machine({ name: '\u200b' });
  const service = new FakeService();
  service.knows(hidden);
  const path = `/api/machines/${hidden.machineId}`;
  const { user } = await visitMachines([hidden], service);
  service.answers[`DELETE ${path}`] = () => [204];

  await user.click(screen.getByRole('button', { name: new RegExp(hidden.machineId) }));
  await user.click(screen.getByRole('button', { name: 'Delete…' }));
  await user.type(await screen.findByRole('textbox', { name: 'Type the machine’s ID to confirm' }), hidden.machineId);
  await user.click(screen.getByRole('button', { name: 'Delete machine' }));

  await waitFor(() => expect(service.asked).toContain(`DELETE ${path}`));
});

test('what goes wrong is said, and can be tried again', async () => {
  const { service, user, path } = await openDetails();
  service.answers[`DELETE ${path}`] = () => problem(503, 'The service cannot reach its database.');

  await user.click(screen.getByRole('button', { name: 'Delete…' }));
  await user.type(await screen.findByRole('textbox'), 'build box{Enter}');

  expect(await screen.findByText('The service cannot reach its database.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Delete machine' })).toBeEnabled();
});

const facts = () => screen.getByText('Host').closest('dl') as HTMLElement;

test('details on their way are neither told nor missing', async () => {
  await openDetails(() => new Promise(() => undefined));

  expect(facts()).toHaveAttribute('aria-busy', 'true');
  expect(within(facts()).getAllByText('…')).toHaveLength(5);
  expect(screen.queryByText('not told yet')).not.toBeInTheDocument();
});

test('details that could not be loaded say so, and can be loaded again', async () => {
  const { box, service, user } = await openDetails(() => problem(503, 'The service cannot reach its database.'));
  expect(await screen.findByText('The details could not be loaded. The service cannot reach its database.')).toBeVisible();
  expect(within(facts()).getAllByText('not loaded')).toHaveLength(5);
  expect(screen.queryByText('not told yet')).not.toBeInTheDocument();

  service.knows(box, { hostname: 'build-7' });
  await user.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('build-7')).toBeVisible();
  expect(screen.getAllByText('not told yet')).toHaveLength(3);
  expect(screen.queryByText(/could not be loaded/)).not.toBeInTheDocument();
});

test('details that could not be loaded again stay, with a word of warning', async () => {
  const { box, service, path } = await openDetails();
  expect(await screen.findAllByText('not told yet')).toHaveLength(4);

  service.answers[`GET ${path}`] = () => problem(503, 'Try again shortly.');
  sendEvent('machine', { ...box, assistantCount: 3 });

  expect(await screen.findByText(/could not be loaded again, and may be out of date/)).toBeVisible();
  expect(screen.getAllByText('not told yet')).toHaveLength(4);
});

test('a token that several hosts use is warned of in the list and the details, with what to do about it', async () => {
  const { box } = await openDetails(undefined, { sharedBy: ['build-7', 'build-9'] });
  const details = screen.getByRole('region', { name: 'Details of build box' });

  expect(screen.getByRole('row', { name: /2 hosts use this token: build-7, build-9/ })).toBeVisible();
  expect(within(details).getByText('2 hosts use this token: build-7, build-9.')).toBeVisible();
  expect(within(details).getByText(/Make a new token .* register each other one/)).toBeVisible();

  sendEvent('machine', { ...box, sharedBy: undefined });
  expect(screen.queryByText(/use this token/)).not.toBeInTheDocument();
});
