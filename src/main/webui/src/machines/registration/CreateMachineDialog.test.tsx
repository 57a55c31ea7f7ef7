import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { onTestFinished } from 'vitest';

import { FakeEventSource } from '../../testing/FakeEventSource';
import { FakeService, problem, silence, type Answer } from '../../testing/fakeService';
import { asksBeforeReload, pressEscape } from '../../testing/leaving';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';

const TOKEN = 'V1StGXR8_Z5jdHi6B-myT:mrs_0123456789ABCDEFGHIJKLMNOPQRSTUV3yv9b4';
const added = machine({ machineId: 'V1StGXR8_Z5jdHi6B-myT', name: 'build box' });

async function addMachine() {
  const service = new FakeService();
  const names: unknown[] = [];
  service.answers['POST /api/machines'] = (body) => {
    names.push(body);
    return [201, { machineId: added.machineId, token: TOKEN }];
  };
  const { user } = await visitMachines([], service);
  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');
  await screen.findByRole('dialog', { name: 'Connect your machine' });
  return { service, user, names };
}

test('a new machine is asked for by its name, and by an id that nobody else has', async () => {
  const { names } = await addMachine();

  expect(names).toEqual([{ name: 'build box', machineId: expect.stringMatching(/^[\w-]{21}$/) as string }]);
});

test('a request that nobody answers ends, and trying again registers no second machine', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  const service = new FakeService();
  const sent: { machineId?: string }[] = [];
  service.answers['POST /api/machines'] = (body) => {
    const { machineId } = body as { machineId: string };
    const path = `/api/machines/${machineId}`;
    service.answers[`GET ${path}`] = () => [200, added];
    service.answers[`PATCH ${path}`] = (change) => {
      sent.push(change as object);
      return [200, added];
    };
    service.answers[`POST ${path}/token`] = () => [201, { machineId, token: `${machineId}:secret` }];
    return sent.push(body as object) === 1 ? silence() : problem(409, 'Machine ID already exists.');
  };
  const { user } = await visitMachines([], service);
  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');
  expect(screen.getByRole('button', { name: 'Adding…' })).toBeDisabled();

  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(screen.getByText(/The service has not answered for 20 seconds. It may have done this all the same/)).toBeVisible();
  await user.type(screen.getByRole('textbox', { name: 'Name' }), ' 2{Enter}');

  await screen.findByRole('dialog', { name: 'Connect your machine' });
  const [first, second, third] = sent;
  expect(first).toMatchObject({ name: 'build box' });
  expect(second).toEqual({ name: 'build box 2', machineId: first?.machineId });
  expect(third).toEqual({ name: 'build box 2' });
  expect(screen.getByRole('region', { name: 'token' })).toHaveTextContent(`${first?.machineId}:secret`);
});

test('a machine that is there already and has connected keeps its token', async () => {
  const service = new FakeService();
  service.answers['POST /api/machines'] = (body) => {
    const { machineId } = body as { machineId: string };
    service.answers[`GET /api/machines/${machineId}`] = () => [200, { ...added, offlineReason: 'disconnected' }];
    return problem(409, 'Machine ID already exists.');
  };
  const { user } = await visitMachines([], service);
  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');

  expect(await screen.findByText(/in your list already, and has connected/)).toBeVisible();
});

test('the line to paste can be copied', async () => {
  const { user } = await addMachine();

  await user.click(screen.getByRole('button', { name: 'Copy command' }));

  expect(await navigator.clipboard.readText()).toBe(
    `curl -fsSL ${window.location.origin}/agent.sh | MACHINE_TOKEN=${TOKEN} sh`,
  );
});

test('the token alone can be had on demand', async () => {
  const { user } = await addMachine();
  expect(screen.getByText('The token alone').closest('details')).not.toHaveAttribute('open');

  await user.click(screen.getByText('The token alone'));
  await user.click(screen.getByRole('button', { name: 'Copy token' }));

  expect(screen.getByRole('region', { name: 'token' })).toHaveTextContent(TOKEN);
  expect(await navigator.clipboard.readText()).toBe(TOKEN);
});

test('Back asks before the token is lost, and stays', async () => {
  await addMachine();

  window.history.back();

  expect(await screen.findByText(/the token will not be shown again/)).toBeVisible();
  expect(screen.getByRole('region', { name: 'Shell command' })).toBeVisible();
});

test('a reload is asked about while the token would be lost, and not when the machine is connected', async () => {
  const { service } = await addMachine();
  expect(asksBeforeReload()).toBe(true);

  const online = { ...added, status: 'online' as const, offlineReason: null };
  service.knows(online);
  sendEvent('machine', online);

  expect(asksBeforeReload()).toBe(false);
});

test.each<[string, () => Answer]>([
  ['Too many requests. Try again in 7 seconds.', () => problem(429, 'Slow down.', {}, { 'Retry-After': '7' })],
  ['The service cannot reach its database. Try again shortly.', () => problem(503, 'The service cannot reach its database. Try again shortly.')],
  ['The service answered with 502. Try again in a moment.', () => [502]],
])('what was typed stays where the answer is "%s"', async (text, answer) => {
  const service = new FakeService();
  service.answers['POST /api/machines'] = answer;
  const { user } = await visitMachines([], service);

  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');

  expect(await screen.findByText(text)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('build box');
  expect(screen.getByRole('button', { name: 'Add machine' })).toBeEnabled();
});

test('the arrow keys lead to the commands for a service, for plain curl and for Windows', async () => {
  const { user } = await addMachine();

  await user.click(screen.getByRole('tab', { name: 'Shell' }));
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('region', { name: 'Service command' })).toHaveTextContent('sh agent.sh install');
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('region', { name: 'curl command' })).toHaveTextContent('/api/agent/heartbeat');
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('region', { name: 'Windows command' })).toHaveTextContent(
    `Invoke-WebRequest -UseBasicParsing ${window.location.origin}/agent.ps1 -OutFile agent.ps1 $env:MACHINE_TOKEN = '${TOKEN}'`,
  );
});

test('the dialog waits until the machine connects, and says what it told', async () => {
  const { service, user } = await addMachine();
  const online = { ...added, status: 'online' as const, offlineReason: null };
  service.knows(online, { hostname: 'build-7', rootDirectory: '/srv/app' });
  sendEvent('machine', added);
  expect(screen.getByText('Waiting for the machine…')).toBeVisible();

  sendEvent('machine', online);

  await waitFor(() => expect(screen.getByText(/host build-7, \/srv\/app/)).toBeVisible());
  await user.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('a machine that is offline again does not stay connected, and is so again as soon as it comes back', async () => {
  const { service } = await addMachine();
  const online = { ...added, status: 'online' as const, offlineReason: null };
  service.knows(online);
  const phase = () => within(screen.getByRole('dialog')).getByText(/onnected/).closest('[data-phase]');
  sendEvent('machine', online);
  await waitFor(() => expect(phase()).toHaveAttribute('data-phase', 'online'));

  sendEvent('machine', { ...added, offlineReason: 'missed_heartbeats' });
  await waitFor(() => expect(phase()).toHaveTextContent('Connected, then offline: fell silent'));
  expect(phase()).toHaveAttribute('data-phase', 'offline');

  sendEvent('machine', online);
  await waitFor(() => expect(phase()).toHaveAttribute('data-phase', 'online'));
});

test('while the list is not live, the dialog does not claim to know', async () => {
  const { service } = await addMachine();
  const online = { ...added, status: 'online' as const, offlineReason: null };
  service.knows(online);
  const dialog = () => screen.getByRole('dialog');
  const phase = () => dialog().querySelector('[data-phase]');
  sendEvent('machine', added);

  sendEvent('away', { since: Date.now() });
  expect(dialog()).toHaveTextContent('The service cannot reach its database. Whether the machine has connected cannot be known now.');
  sendEvent('snapshot', [online]);
  expect(phase()).toHaveTextContent('Connected');
  act(() => FakeEventSource.latest.fail());

  expect(dialog()).toHaveTextContent(/Not live since .*Whether the machine is still connected cannot be known now\./);
  expect(phase()).toHaveAttribute('data-phase', 'unknown');
});

test('the dialog stays while the machine is being registered, whatever is pressed, and shows its token', async () => {
  const service = new FakeService();
  let answer: (registered: Answer) => void = () => undefined;
  service.answers['POST /api/machines'] = () => new Promise<Answer>((resolve) => (answer = resolve));
  const { user } = await visitMachines([], service);
  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');

  expect(screen.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  expect(asksBeforeReload()).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Add a fleet…' }));
  await user.click(screen.getByRole('button', { name: 'Close' }));
  pressEscape();
  const gone = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  window.history.back();
  await act(() => gone);
  await act(async () => answer([201, { machineId: added.machineId, token: TOKEN }]));

  expect(await screen.findByRole('region', { name: 'Shell command' })).toHaveTextContent(TOKEN);
  expect(screen.queryByText(/the token will not be shown again/)).not.toBeInTheDocument();
});

test('closing before the machine connects asks once', async () => {
  const { user } = await addMachine();

  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.getByRole('alert')).toHaveTextContent('will not be shown again');
  await user.click(screen.getByRole('button', { name: 'Keep open' }));
  expect(screen.getByRole('region', { name: 'Shell command' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await user.click(screen.getByRole('button', { name: 'Close anyway' }));

  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('a browser that closes the dialog without asking takes no token away', async () => {
  await addMachine();
  const dialog = screen.getByRole<HTMLDialogElement>('dialog');

  dialog.close();
  fireEvent(dialog, new Event('close'));

  expect(dialog).toHaveAttribute('open');
  expect(screen.getByRole('region', { name: 'Shell command' })).toBeVisible();
});

test('the token is nowhere after the dialog closed', async () => {
  const { user } = await addMachine();

  await user.click(screen.getByRole('button', { name: 'Close' }));
  await user.click(screen.getByRole('button', { name: 'Close anyway' }));

  const kept = [document.documentElement.outerHTML, JSON.stringify({ ...localStorage, ...sessionStorage }), window.location.href];
  expect(kept.join()).not.toContain('mrs_');
});

test('what is wrong with the name stands at its field, in the words of the service', async () => {
  const service = new FakeService();
  service.answers['POST /api/machines'] = () =>
    problem(400, 'The request is not valid.', { violations: [{ field: 'name', message: 'must be 1 to 100 characters' }] });
  const { user } = await visitMachines([], service);

  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await screen.findByRole('dialog');
  await user.keyboard('{Enter}');

  const name = screen.getByRole('textbox', { name: 'Name' });
  await waitFor(() => expect(name).toBeInvalid());
  expect(name).toHaveAccessibleDescription(/The name must be 1 to 100 characters\./);
  expect(name).toHaveFocus();
});
