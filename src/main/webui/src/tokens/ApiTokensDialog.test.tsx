import { screen, within } from '@testing-library/react';

import { FakeService, problem } from '../testing/fakeService';
import { machine } from '../testing/machines';
import { visitMachines } from '../testing/visitPage';

const TOKEN_ID = 'tmm0ao-V1StGXR8_Z5jdHi6B-myT';

/** Somebody with an account. */
function serviceOfAda(): FakeService {
  const service = new FakeService();
  const session = { userId: 'ada', name: 'Ada', expiresAt: Date.now() + 1e9, anonymous: false, teams: [], administrator: false };
  service.answers['POST /api/sessions'] = () => [201, session];
  service.answers['GET /api/sessions/current'] = () => [200, session];
  return service;
}

async function openDialog(service: FakeService) {
  const { user } = await visitMachines([machine()], service);
  await user.click(screen.getByRole('button', { name: 'API tokens' }));
  return { user, dialog: within(await screen.findByRole('dialog')) };
}

test('a token is made as chosen, shown once, and asks before it is lost', async () => {
  const service = serviceOfAda();
  let sent: unknown;
  service.answers['POST /api/tokens'] = (body) => {
    sent = body;
    return [201, { tokenId: TOKEN_ID, token: 'head.body.sign', expiresAt: Date.now() + 1e9 }];
  };
  const { user, dialog } = await openDialog(service);

  await user.type(dialog.getByLabelText('Name'), 'backup script');
  await user.selectOptions(dialog.getByLabelText('It may'), 'manage');
  await user.selectOptions(dialog.getByLabelText('It ends after'), '1 day');
  await user.click(dialog.getByRole('button', { name: 'Make token' }));

  expect(await dialog.findByText('head.body.sign')).toBeInTheDocument();
  expect(sent).toEqual({ name: 'backup script', scope: 'manage', expiresInSeconds: 86_400 });
  expect(dialog.getByText(TOKEN_ID)).toBeInTheDocument();
  await user.click(dialog.getByRole('button', { name: 'Done' }));
  expect(dialog.getByText(/will not be shown again/)).toBeInTheDocument();
  await user.click(dialog.getByRole('button', { name: 'Close anyway' }));
  expect(screen.queryByText('head.body.sign')).not.toBeInTheDocument();
});

test('a token is revoked by its id, and what is no id is said', async () => {
  const service = serviceOfAda();
  service.answers[`DELETE /api/tokens/${TOKEN_ID}`] = () => [204];
  service.answers['DELETE /api/tokens/nonsense'] = () => problem(404, 'No API token has this id.');
  const { user, dialog } = await openDialog(service);

  await user.type(dialog.getByLabelText('Token ID'), 'nonsense');
  await user.click(dialog.getByRole('button', { name: 'Revoke' }));
  expect(await dialog.findByText('No API token has this id.')).toBeInTheDocument();
  await user.clear(dialog.getByLabelText('Token ID'));
  await user.type(dialog.getByLabelText('Token ID'), TOKEN_ID);
  await user.click(dialog.getByRole('button', { name: 'Revoke' }));

  expect(await dialog.findByText(/nothing takes this token any more/)).toBeInTheDocument();
});
