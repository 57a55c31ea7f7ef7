import { act, screen, waitFor, within } from '@testing-library/react';

import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines, visitPage } from '../../testing/visitPage';
import { parseClaim } from './claimLink';

const ID = 'V1StGXR8_Z5jdHi6B-myT';
const HASH = 'ybeGvdXldcDUiEq3NI63yJo0v0WvPmRSoqFuQAU1MgY';
const claimed = machine({ machineId: ID, name: 'build box' });

function openedWith(fragment: string): FakeService {
  window.history.replaceState(null, '', `/app/${fragment}`);
  return new FakeService();
}

/** Registers it, and notes what was sent. */
function registers(service: FakeService): unknown[] {
  const bodies: unknown[] = [];
  service.answers['POST /api/machines'] = (body) => {
    bodies.push(body);
    return [201, { machineId: ID }];
  };
  return bodies;
}

const dialog = () => screen.findByRole('dialog', { name: 'Claim a machine' });

async function visitClaim(service = openedWith(`#claim=${ID}.${HASH}`)) {
  const bodies = registers(service);
  const { user } = await visitMachines([], service);
  await dialog();
  return { service, user, bodies };
}

async function name(user: Awaited<ReturnType<typeof visitClaim>>['user']) {
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');
}

test.each(['', '#', '#/machines', '#recover=a.b.c', '#claims', 'claim=a.b'])('the fragment "%s" is no claim', (hash) => {
  expect(parseClaim(hash)).toBeNull();
});

test.each([
  ['nothing', '#claim='],
  ['no hash', `#claim=${ID}`],
  ['a hash that is cut off', `#claim=${ID}.${HASH.slice(0, -1)}`],
  ['a hash that goes on', `#claim=${ID}.${HASH}A`],
  ['a second spelling', `#claim=${ID}.${HASH.slice(0, -1)}Z`],
  ['a short ID', `#claim=V1StGXR8_.${HASH}`],
  ['more after it', `#claim=${ID}.${HASH}.x`],
])('a claim with %s is broken', (_, hash) => {
  expect(parseClaim(hash)).toBe('broken');
});

test('a link shows id and hash in groups to compare, and registers nothing by itself', async () => {
  const { bodies } = await visitClaim();

  expect(await screen.findByText('V1St GXR8 _Z5j dHi6 B-my T')).toBeVisible();
  expect(screen.getByText('ybeG vdXl dcDU iEq3 NI63 yJo0 v0Wv PmRS oqFu QAU1 MgY')).toBeVisible();
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus());
  expect(bodies).toEqual([]);
  expect(window.location.hash).toBe(`#claim=${ID}.${HASH}`);
});

test('whoever names the machine has it, and sees it come online', async () => {
  const { service, user, bodies } = await visitClaim();

  await name(user);

  expect(await screen.findByText(/is yours now/)).toHaveTextContent('build box');
  expect(bodies).toEqual([{ name: 'build box', machineId: ID, secretHash: HASH }]);
  expect(window.location.hash).toBe('');
  expect(await dialog()).toHaveTextContent('Waiting for the machine…');
  const online = { ...claimed, status: 'online' as const, offlineReason: null };
  service.knows(online, { hostname: 'build-7' });
  sendEvent('machine', online);
  expect(await screen.findByText(/host build-7/)).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('its details can be opened from there', async () => {
  const { service, user } = await visitClaim();
  await name(user);
  await screen.findByText(/is yours now/);
  service.knows(claimed);
  sendEvent('machine', claimed);

  await user.click(screen.getByRole('button', { name: 'Show it' }));

  expect(window.location.hash).toBe(`#/machines/${ID}`);
  expect(screen.queryByRole('dialog', { name: 'Claim a machine' })).not.toBeInTheDocument();
});

test('a machine that one has claimed before is told by its name, and not registered again', async () => {
  const service = openedWith(`#claim=${ID}.${HASH}`);
  service.knows(claimed);
  const { bodies } = await visitClaim(service);

  expect(await screen.findByText(/in your list already/)).toHaveTextContent('build box');
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  expect(bodies).toEqual([]);
});

test('a machine that somebody else has claimed is told, with what helps', async () => {
  const { service, user } = await visitClaim();
  service.answers['POST /api/machines'] = () => problem(409, 'Machine ID already exists.');

  await name(user);

  expect(await screen.findByText(/Somebody else has claimed this machine already/)).toBeVisible();
  expect(within(await dialog()).getByRole('alert')).toHaveTextContent('it prints a new link');
  expect(window.location.hash).toBe('');
});

test('an answer that was lost on the way is no claim of somebody else', async () => {
  const { service, user } = await visitClaim();
  service.answers['POST /api/machines'] = () => {
    service.knows(claimed);
    return problem(409, 'Machine ID already exists.');
  };

  await name(user);

  expect(await screen.findByText(/in your list already/)).toBeVisible();
});

test('what the service refuses is said at the form, and the link is kept', async () => {
  const { service, user } = await visitClaim();
  service.answers['POST /api/machines'] = () => problem(403, 'An owner may have 10 machines.');

  await name(user);

  expect(await screen.findByText('An owner may have 10 machines.')).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('build box');
  expect(window.location.hash).toBe(`#claim=${ID}.${HASH}`);
});

test('a link that is not whole is told, and goes when it is closed', async () => {
  const { user } = await visitMachines([], openedWith(`#claim=${ID}.abc`));

  const broken = await screen.findByRole('dialog', { name: 'This link is not whole' });
  await user.click(within(broken).getByText('Close'));

  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(window.location.hash).toBe('');
});

test('cancelling takes the link off the address', async () => {
  const { user, bodies } = await visitClaim();

  await user.click(await screen.findByRole('button', { name: 'Cancel' }));

  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(window.location.hash).toBe('');
  expect(bodies).toEqual([]);
});

test('a link that is opened in a page that is open already is taken, too', async () => {
  const service = new FakeService();
  registers(service);
  await visitMachines([], service);

  window.history.replaceState(null, '', `/app/#claim=${ID}.${HASH}`);
  await act(async () => void window.dispatchEvent(new Event('hashchange')));

  expect(await dialog()).toBeVisible();
});

test('whoever has to sign in first comes back to the link', async () => {
  const service = openedWith(`#claim=${ID}.${HASH}`);
  service.answers['POST /api/sessions'] = () => problem(403, 'Sign in.', { signInUrl: '/api/sessions/sign-in' });
  service.answers['GET /api/sessions/current'] = () => problem(401, 'Credentials are missing.');

  await visitPage(service);

  const link = await screen.findByRole('link', { name: 'Sign in' });
  expect(link).toHaveAttribute('href', expect.stringContaining(encodeURIComponent(`#claim=${ID}.${HASH}`)));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('"Add machine" offers the line that prints a link', async () => {
  const { user } = await visitMachines([], new FakeService());
  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));

  await user.click(await screen.findByText('Or begin at the machine'));
  await user.click(screen.getByRole('button', { name: 'Copy line' }));

  await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(`curl -fsSL ${window.location.origin}/agent.sh | sh`));
});
