import { screen, waitFor } from '@testing-library/react';

import { FakeService, problem } from '../testing/fakeService';
import { machine } from '../testing/machines';
import { sendEvent, visitMachines } from '../testing/visitPage';

async function openDetails() {
  const box = machine({ name: 'build box', status: 'online' });
  const service = new FakeService();
  service.knows(box);
  const { user } = await visitMachines([box], service);
  await user.click(screen.getByRole('button', { name: 'build box' }));
  return { box, service, user, path: `/api/machines/${box.machineId}` };
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
  await user.click(screen.getByRole('checkbox', { name: /leaked/ }));
  await user.click(screen.getByRole('button', { name: 'Make a new token' }));

  expect(await screen.findByRole('region', { name: 'token' })).toHaveTextContent('mrs_new');
  expect(asked).toEqual([{ revokeOld: true }]);
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.getByRole('alert')).toHaveTextContent('You have not copied the token');
});

test('a machine is deleted only after its name was typed', async () => {
  const { service, user, path } = await openDetails();
  service.answers[`DELETE ${path}`] = () => [204];

  await user.click(screen.getByRole('button', { name: 'Delete…' }));
  const confirm = screen.getByRole('button', { name: 'Delete machine' });
  expect(confirm).toBeDisabled();
  await user.type(screen.getByRole('textbox'), 'build box');
  await user.click(confirm);

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(service.asked).toContain(`DELETE ${path}`);
  expect(screen.queryByRole('region', { name: /Details/ })).not.toBeInTheDocument();
});

test('what goes wrong is said, and can be tried again', async () => {
  const { service, user, path } = await openDetails();
  service.answers[`DELETE ${path}`] = () => problem(503, 'The service cannot reach its database.');

  await user.click(screen.getByRole('button', { name: 'Delete…' }));
  await user.type(screen.getByRole('textbox'), 'build box{Enter}');

  expect(await screen.findByText('The service cannot reach its database.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Delete machine' })).toBeEnabled();
});
