import { readFileSync } from 'node:fs';

import { screen, waitFor, within } from '@testing-library/react';
import { load } from 'js-yaml';

import { FakeService, problem } from '../testing/fakeService';
import { machine } from '../testing/machines';
import { visitMachines } from '../testing/visitPage';
import { fleetCommands } from './fleetCommands';

const KEY = 'mre_head.body.sign';
const KEY_ID = 'tmm0ao-V1StGXR8_Z5jdHi6B-myT-4fUq_Zk0aB3x';

async function openFleet(service: FakeService) {
  const { user } = await visitMachines([machine()], service);
  await user.click(screen.getByRole('button', { name: 'Add machine' }));
  await user.click(await screen.findByRole('button', { name: 'Add a fleet…' }));
  return { user, dialog: within(await screen.findByRole('dialog', { name: 'Add a fleet' })) };
}

function makingKeys(sent: unknown[] = []): FakeService {
  const service = new FakeService();
  service.answers['POST /api/enrolment-keys'] = (body) => {
    sent.push(body);
    return [201, { keyId: KEY_ID, key: KEY, expiresAt: Date.now() + 1e9 }];
  };
  return service;
}

async function makeKey(service = makingKeys()) {
  const { user, dialog } = await openFleet(service);
  await user.type(dialog.getByRole('textbox', { name: 'Name of the key' }), 'rack 7{Enter}');
  return { user, made: within(await screen.findByRole('dialog', { name: 'Your fleet’s key' })) };
}

test('a key is made as chosen, and shown once in what machines are started with', async () => {
  const sent: unknown[] = [];
  const { user, dialog } = await openFleet(makingKeys(sent));

  await user.type(dialog.getByRole('textbox', { name: 'Name of the key' }), 'rack 7');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'It lets machines in for' }), '7 days');
  await user.type(dialog.getByRole('textbox', { name: 'Most machines at once' }), '100');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Tell when offline for' }), '5 minutes');
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Remove when offline for' }), '30 days');
  await user.click(dialog.getByRole('button', { name: 'Add a label' }));
  await user.type(dialog.getByRole('textbox', { name: 'Key 1' }), 'rack');
  await user.type(dialog.getByRole('textbox', { name: 'Value 1' }), '7');
  await user.click(dialog.getByRole('button', { name: 'Make key' }));

  const made = within(await screen.findByRole('dialog', { name: 'Your fleet’s key' }));
  expect(sent).toEqual([
    {
      name: 'rack 7',
      owner: 'me',
      expiresInSeconds: 604_800,
      labels: { rack: '7' },
      uses: 100,
      alertAfterSeconds: 300,
      removeAfterSeconds: 2_592_000,
    },
  ]);
  expect(made.getByText(`curl -fsSL http://localhost:3000/agent.sh | MACHINE_KEY=${KEY} MACHINE_TOKEN_FILE="$HOME/.machine-token" sh`)).toBeVisible();
  expect(made.getByText(KEY_ID)).toBeVisible();
  await user.click(made.getByRole('tab', { name: 'Kubernetes' }));
  expect(made.getByText(/kind: DaemonSet/)).toBeVisible();
});

test('who chooses a time and takes it back asks for none', async () => {
  const sent: unknown[] = [];
  const { user, dialog } = await openFleet(makingKeys(sent));
  await user.type(dialog.getByRole('textbox', { name: 'Name of the key' }), 'rack 7');

  for (const label of ['Tell when offline for', 'Remove when offline for']) {
    await user.selectOptions(dialog.getByRole('combobox', { name: label }), '1 day');
    await user.selectOptions(dialog.getByRole('combobox', { name: label }), 'never');
  }
  await user.click(dialog.getByRole('button', { name: 'Make key' }));

  await waitFor(() => expect(sent).toEqual([{ name: 'rack 7', owner: 'me', expiresInSeconds: 3_600 }]));
});

test('a key of a team is the team’s', async () => {
  window.history.replaceState(null, '', '/app/#/machines?owner=team%3Aops');
  const sent: unknown[] = [];
  const service = makingKeys(sent);
  const view = { userId: 'ada', name: 'Ada', expiresAt: Date.now() + 1e9, anonymous: false, teams: [{ name: 'ops', role: 'operator' }], administrator: false };
  service.answers['GET /api/sessions/current'] = () => [200, view];
  service.answers['POST /api/sessions'] = () => [201, view];
  const { user, dialog } = await openFleet(service);

  expect(dialog.getByText('ops')).toBeVisible();
  await user.type(dialog.getByRole('textbox', { name: 'Name of the key' }), 'rack 7{Enter}');

  await waitFor(() => expect(sent).toEqual([{ name: 'rack 7', owner: 'team:ops', expiresInSeconds: 3_600 }]));
});

test('a key that was not copied asks before it is lost', async () => {
  const { user, made } = await makeKey();

  await user.click(made.getByRole('button', { name: 'Done' }));
  expect(made.getByText(/The key was not copied/)).toBeVisible();
  await user.click(made.getByRole('button', { name: 'Keep open' }));
  expect(made.getByText(KEY_ID)).toBeVisible();
  await user.click(made.getByRole('button', { name: 'Copy snippet' }));
  await user.click(made.getByRole('button', { name: 'Done' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

test('a key is revoked where it is shown, and nothing is lost with it then', async () => {
  const service = makingKeys();
  service.answers[`DELETE /api/enrolment-keys/${KEY_ID}?owner=me`] = () => [204];
  const { user, made } = await makeKey(service);

  await user.click(made.getByRole('button', { name: 'Revoke this key' }));
  expect(await made.findByText(/Revoked: no more machines come with it/)).toBeVisible();
  await user.click(made.getByRole('button', { name: 'Done' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

test('a key is revoked by its id, and one that is none is said', async () => {
  const service = new FakeService();
  service.answers['DELETE /api/enrolment-keys/wrong'] = () => problem(404, 'No enrolment key that you may revoke has this id.');
  service.answers[`DELETE /api/enrolment-keys/${KEY_ID}`] = () => [204];
  const { user, dialog } = await openFleet(service);
  const id = dialog.getByRole('textbox', { name: 'Key ID' });

  await user.type(id, 'wrong{Enter}');
  expect(await dialog.findByText('No enrolment key that you may revoke has this id.')).toBeVisible();
  await user.clear(id);
  await user.type(id, `${KEY_ID}{Enter}`);

  expect(await dialog.findByText('Revoked: no more machines come with it.')).toBeVisible();
});

test.each(['0', '1000001', 'many', '1.5'])('%s is no number of machines, and nothing is asked', async (uses) => {
  const service = new FakeService();
  const { user, dialog } = await openFleet(service);

  await user.type(dialog.getByRole('textbox', { name: 'Most machines at once' }), `${uses}{Enter}`);

  expect(dialog.getByText(/It must be a number from 1 to 1,000,000/)).toBeVisible();
  expect(service.asked).not.toContain('POST /api/enrolment-keys');
});

test('what is wrong with the name is said beside it', async () => {
  const service = new FakeService();
  service.answers['POST /api/enrolment-keys'] = () => problem(400, 'The request is not valid.', { violations: [{ field: 'name', message: 'must not be empty' }] });
  const { user, dialog } = await openFleet(service);

  await user.click(dialog.getByRole('button', { name: 'Make key' }));

  expect(await dialog.findByText('The name must not be empty.')).toBeVisible();
});

test.each(['cloud-init', 'Ansible', 'Compose', 'Kubernetes'])('the snippet for %s is YAML that carries key and address', (name) => {
  const { text } = fleetCommands(KEY, 'https://machines.example.org/lab').find((snippet) => snippet.name === name) ?? { text: '' };

  const documents = text.split('---\n').map((document) => load(document));
  expect(documents.every((document) => typeof document === 'object' && document !== null)).toBe(true);
  expect(JSON.stringify(documents)).toContain(KEY);
  expect(JSON.stringify(documents)).toContain('https://machines.example.org/lab/agent.sh');
  expect(text).not.toMatch(/mre_…|MACHINE_KEY:\?|machine_key/);
});

test.each(['cloud-init', 'ansible', 'compose', 'daemonset'])('what the page shows of %s is what the documents tell, and their test runs', (name) => {
  const [, told] = new RegExp(`<!-- tested: ${name} -->\n\`\`\`yaml\n(.*?)\`\`\``, 's').exec(readFileSync('../../../docs/fleets.md', 'utf8')) ?? [];

  expect(readFileSync(`src/enrolment/snippets/${name}.yaml`, 'utf8')).toBe(told);
});
