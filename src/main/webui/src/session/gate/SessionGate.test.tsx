import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { onTestFinished } from 'vitest';

import { FakeEventSource } from '../../testing/FakeEventSource';
import { FakeSharedWorker } from '../../testing/FakeSharedWorker';
import { fromAnotherTab } from '../../testing/FakeChannel';
import { FakeService, problem, type Answer } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { visitMachines, visitPage } from '../../testing/visitPage';

const refused = (signInUrl?: string) => () => problem(403, 'Not allowed.', signInUrl === undefined ? {} : { signInUrl });

const aboutSessions = ({ asked }: FakeService) => asked.filter((request) => request.includes('/api/sessions'));

test('the first visit starts a session', async () => {
  const { service } = await visitPage();

  expect(aboutSessions(service)).toEqual(['POST /api/sessions']);
});

test('a later visit keeps the session, until half of its life is over', async () => {
  const service = new FakeService();
  localStorage.setItem('session.lifetime', '1000000000');
  await visitPage(service);
  expect(aboutSessions(service)).toEqual(['GET /api/sessions/current']);

  service.asked.length = 0;
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'ada', expiresAt: Date.now() + 4e8 }];
  await visitPage(service);
  expect(aboutSessions(service)).toEqual(['GET /api/sessions/current', 'POST /api/sessions']);
});

test('where nobody can start a session, the page leads to the sign-in', async () => {
  const service = new FakeService();
  service.answers['POST /api/sessions'] = refused('https://machines.example.org/api/sessions/sign-in');
  await visitPage(service);

  expect(screen.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/api/sessions/sign-in?next=%2Fapp%2F');
});

test('a service that is away at first is waited for', async () => {
  const service = new FakeService();
  service.answers['POST /api/sessions'] = () => problem(503, 'Try again shortly.');
  const { user } = await visitPage(service);
  expect(screen.getByRole('heading', { name: 'The service cannot work at the moment' })).toBeVisible();
  expect(screen.getByText('Try again shortly.')).toBeVisible();

  service.answers['POST /api/sessions'] = () => [201, { userId: 'ada', token: 'jwt', expiresAt: Date.now() + 1e9 }];
  await user.click(screen.getByRole('button', { name: 'Try now' }));

  expect(await screen.findByText('Loading your machines…')).toBeInTheDocument();
});

test('a service that asks for fewer requests is left alone for as long as it says', async () => {
  const service = new FakeService();
  service.answers['POST /api/sessions'] = () => problem(429, 'Too many sessions were started from your address.', {}, { 'Retry-After': '7' });
  // It tries again after this test otherwise, in the middle of another one.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], shouldAdvanceTime: true });
  onTestFinished(() => void vi.useRealTimers());
  await visitPage(service);

  expect(screen.getByRole('heading', { name: 'Too many requests' })).toBeVisible();
  expect(screen.getByText(/This page tries again by itself/)).toHaveTextContent(/in [78] seconds/);
  expect(screen.queryByText(/cannot be reached/)).not.toBeInTheDocument();
});

test('whoever signed out and comes back is nobody new until they ask for it', async () => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Sign out' }));
  await screen.findByRole('heading', { name: 'You are signed out' });
  service.answers['GET /api/sessions/current'] = () => problem(401, 'Credentials are missing.');
  service.asked.length = 0;

  cleanup();
  await visitPage(service);

  expect(screen.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  expect(aboutSessions(service)).toEqual(['GET /api/sessions/current']);
});

test('whoever signs out of an account is led back to it, and not to a new session', async () => {
  const service = new FakeService();
  const session = { userId: 'ada', expiresAt: Date.now() + 1e9, anonymous: false };
  service.answers['POST /api/sessions'] = () => [201, session];
  const { user } = await visitMachines([], service);
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Sign out' }));
  service.answers['GET /api/sessions/current'] = () => problem(401, 'Credentials are missing.');

  for (let opened = 0; opened < 2; opened++) {
    expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/api/sessions/sign-in?next=%2Fapp%2F');
    expect(screen.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Start a new session' })).not.toBeInTheDocument();
    cleanup();
    await visitPage(service);
  }
});

/** An answer that comes when the test says. */
function lateAnswer(service: FakeService, request: string) {
  let answer: (late: Answer) => void = () => undefined;
  service.answers[request] = () => new Promise<Answer>((resolve) => (answer = resolve));
  return (late: Answer) => act(async () => answer(late));
}

const ADA: Answer = [200, { userId: 'ada', expiresAt: Date.now() + 1e9, anonymous: true }];
const unauthorized = (): Answer => problem(401, 'Credentials are missing.');

async function signOut(user: Awaited<ReturnType<typeof visitPage>>['user']) {
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Sign out' }));
}

test('a session that is found while somebody signs out stays ended', async () => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  const answer = lateAnswer(service, 'GET /api/sessions/current');
  await fromAnotherTab({ is: 'changed', userId: 'ada' });

  await signOut(user);
  await answer(ADA);

  expect(screen.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  expect(localStorage.getItem('session.signedOut')).toBe('yes');
});

test.each([
  ['here', signOut],
  ['in another tab', () => fromAnotherTab({ is: 'signedOut', hadAccount: false })],
] as const)('a session that is renewed while somebody signs out %s ends, too', async (_where, signOutThere) => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  service.answers['GET /api/sessions/current'] = unauthorized;
  const answer = lateAnswer(service, 'POST /api/sessions');
  await fromAnotherTab({ is: 'changed', userId: 'ada' });

  await signOutThere(user);
  service.asked.length = 0;
  await answer(ADA);

  expect(screen.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  expect(aboutSessions(service)).toEqual(['DELETE /api/sessions/current']);
  expect(localStorage.getItem('session.signedOut')).toBe('yes');
});

test('where a session cannot be renewed, nobody who has signed out meanwhile is told so', async () => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  service.answers['GET /api/sessions/current'] = unauthorized;
  const answer = lateAnswer(service, 'POST /api/sessions');
  await fromAnotherTab({ is: 'changed', userId: 'ada' });

  await signOut(user);
  await answer(refused()());

  expect(screen.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
});

test('an answer that is late does not undo who has started anew since', async () => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  const answer = lateAnswer(service, 'GET /api/sessions/current');
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await signOut(user);
  service.answers['POST /api/sessions'] = () => [201, { userId: 'new', token: 'jwt', expiresAt: Date.now() + 1e9 }];
  await user.click(await screen.findByRole('button', { name: 'Start a new session' }));
  await screen.findByText('Loading your machines…');

  await answer(ADA);

  expect(localStorage.getItem('session.user')).toBe('new');
});

test('signing out waits for a request that renews the session, whose cookie would come after', async () => {
  let free: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (free = resolve));
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  const request = async (_name: string, _options: LockOptions, action: () => Promise<unknown>) => held.then(action);
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } });
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'locks'));

  await signOut(user);
  expect(service.asked).not.toContain('DELETE /api/sessions/current');
  free();

  expect(await screen.findByRole('heading', { name: 'You are signed out' })).toBeVisible();
});

test('whoever signs out when the session has ended is signed out', async () => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  service.answers['DELETE /api/sessions/current'] = () => problem(401, 'Credentials are missing.');

  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Sign out' }));

  expect(await screen.findByRole('heading', { name: 'You are signed out' })).toBeVisible();
});

test('whoever signed out and signed in elsewhere has a session', async () => {
  localStorage.setItem('session.signedOut', 'yes');
  await visitPage();

  expect(screen.getByText('Loading your machines…')).toBeInTheDocument();
  expect(localStorage.getItem('session.signedOut')).toBeNull();
});

test('where nobody can sign in either, the page says what to configure', async () => {
  const service = new FakeService();
  service.answers['POST /api/sessions'] = refused();
  await visitPage(service);

  expect(screen.getByText('quarkus.oidc.auth-server-url')).toBeVisible();
  expect(screen.getByText('Not allowed.')).toBeVisible();
});

test('where the service does not know the address, the page says what was seen and what would help', async () => {
  const service = new FakeService();
  const detail = 'You came to https://machines.example.org, and the service saw http://127.0.0.1:8080.';
  service.answers['POST /api/sessions'] = () => problem(403, detail, { setting: 'service.url=https://machines.example.org' });
  const { user } = await visitPage(service);

  expect(screen.getByRole('heading', { name: 'The service does not know this address' })).toBeVisible();
  expect(screen.getByText(detail)).toBeVisible();
  expect(screen.getByText('service.url=https://machines.example.org')).toBeVisible();
  expect(screen.queryByText(/sessions.anonymous/)).not.toBeInTheDocument();

  service.answers['POST /api/sessions'] = () => [201, { userId: 'ada', token: 'jwt', expiresAt: Date.now() + 1e9 }];
  await user.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('Loading your machines…')).toBeInTheDocument();
});

test('a session that ends in the middle of work loses nothing that was typed', async () => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  service.answers['POST /api/machines'] = () => problem(401, 'Credentials are missing.');
  service.answers['GET /api/sessions/current'] = () => problem(401, 'Credentials are missing.');
  service.answers['POST /api/sessions'] = refused('https://machines.example.org/api/sessions/sign-in');

  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');

  expect(await screen.findByText(/Sign in again, then repeat this step/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('build box');
  expect(within(screen.getByRole('dialog')).getByRole('link', { name: 'Sign in' })).toHaveAttribute('target', '_blank');

  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'ada', expiresAt: Date.now() + 1e9 }];
  await fromAnotherTab({ is: 'active' });

  expect(screen.queryByRole('link', { name: 'Sign in' })).not.toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveValue('build box');
});

test('a session that can be renewed is renewed, and the step goes on by itself', async () => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  const answers = [problem(401, 'Expired.'), [201, { machineId: 'm', token: 'm:mrs_1' }]] as const;
  let asked = 0;
  service.answers['POST /api/machines'] = () => [...(answers[asked++] ?? [500])];

  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');

  expect(await screen.findByRole('region', { name: 'Shell command' })).toHaveTextContent('m:mrs_1');
});

test('signing out warns first, then forgets the machines', async () => {
  const { service, user } = await visitMachines([]);

  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByText('they are out of reach for good')).toBeVisible();
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Sign out' }));

  expect(await screen.findByRole('heading', { name: 'You are signed out' })).toBeVisible();
  expect(service.asked).toContain('DELETE /api/sessions/current');
  expect(FakeEventSource.latest.closed).toBe(true);

  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  expect(FakeEventSource.latest.closed).toBe(true);
});

test('whoever signs out everywhere is told that no recovery link leads back, and is signed out', async () => {
  const { service, user } = await visitMachines([]);
  service.answers['DELETE /api/sessions'] = () => [204];
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  const dialog = within(await screen.findByRole('dialog'));

  await user.click(dialog.getByRole('checkbox', { name: /^Everywhere, on every device: recovery links/ }));

  expect(dialog.queryByText(/unless you keep a recovery link/)).not.toBeInTheDocument();
  expect(dialog.queryByRole('button', { name: 'Copy recovery link' })).not.toBeInTheDocument();
  await user.click(dialog.getByRole('button', { name: 'Sign out everywhere' }));
  expect(await screen.findByRole('heading', { name: 'You are signed out' })).toBeVisible();
  expect(service.asked.filter((request) => request.startsWith('DELETE'))).toEqual(['DELETE /api/sessions']);
});

test('whoever signs out everywhere with a session that has ended is told that nothing ended elsewhere', async () => {
  const service = new FakeService();
  service.answers['POST /api/sessions'] = () => [201, { userId: 'ada', expiresAt: Date.now() + 1e9, anonymous: false }];
  const { user } = await visitMachines([], service);
  service.answers['GET /api/sessions/current'] = () => problem(401, 'Expired.');
  service.answers['POST /api/sessions'] = refused('https://machines.example.org/api/sessions/sign-in');
  service.answers['DELETE /api/sessions'] = () => problem(401, 'Expired.');
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  const dialog = within(await screen.findByRole('dialog'));

  await user.click(dialog.getByRole('checkbox', { name: /^Everywhere, on every device: API tokens/ }));
  await user.click(dialog.getByRole('button', { name: 'Sign out everywhere' }));

  expect(await dialog.findByText(/Sign in again, then repeat this step/)).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'You are signed out' })).not.toBeInTheDocument();
});

test('a stream that is refused starts the session anew, and says that the list is another', async () => {
  const service = new FakeService();
  await visitMachines([], service);
  service.answers['GET /api/sessions/current'] = () => problem(401, 'Expired.');
  service.answers['POST /api/sessions'] = () => [201, { userId: 'new', token: 'jwt', expiresAt: Date.now() + 1e9 }];

  act(() => FakeEventSource.latest.fail());

  await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(/a new one has started/));
  expect(FakeEventSource.all.length).toBeGreaterThan(1);
});

test('a page whose cookie has become another person\'s says so, loudly, and shows their machines', async () => {
  const service = new FakeService();
  await visitMachines([machine({ name: 'of ada' })], service);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'bob', expiresAt: Date.now() + 1e9 }];

  act(() => void document.dispatchEvent(new Event('visibilitychange')));

  expect(await screen.findByRole('alert')).toHaveTextContent('You are another person than before');
  expect(screen.queryByText('of ada')).not.toBeInTheDocument();
});

test('a page whose cookie has become another person\'s shares no stream with tabs of the former person', async () => {
  vi.stubGlobal('SharedWorker', FakeSharedWorker);
  onTestFinished(() => void vi.stubGlobal('SharedWorker', undefined));
  const { service } = await visitPage();
  const former = FakeSharedWorker.at(-1);
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'bob', expiresAt: Date.now() + 1e9 }];

  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await screen.findByRole('alert');

  const own = FakeSharedWorker.at(-1);
  expect(own.options.name).not.toBe(former.options.name);
  expect([former.heard.at(-1), own.heard.at(-1)]).toEqual(['leave', 'join']);
});

test('a page that comes back as another person says so, and once only', async () => {
  const service = new FakeService();
  localStorage.setItem('session.user', 'somebody before');
  const { user } = await visitMachines([], service);
  expect(screen.getByRole('alert')).toHaveTextContent('You are another person than before');

  await user.click(screen.getByRole('button', { name: 'Got it' }));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('the loud notice stays until it is answered, whatever other tabs do', async () => {
  const service = new FakeService();
  localStorage.setItem('session.user', 'somebody before');
  const { user } = await visitMachines([], service);

  await fromAnotherTab({ is: 'changed', userId: 'ada' });
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await waitFor(() => expect(service.asked.filter((request) => request === 'GET /api/sessions/current').length).toBeGreaterThan(1));
  expect(screen.getByRole('alert')).toHaveTextContent('You are another person than before');

  await user.click(screen.getByRole('button', { name: 'Got it' }));
  await fromAnotherTab({ is: 'changed', userId: 'ada' });
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('the loud notice shows in a page that is opened meanwhile, and goes once another tab has answered it', async () => {
  localStorage.setItem('session.user', 'ada');
  localStorage.setItem('session.personNotice', 'replaced ada');
  await visitMachines([], new FakeService());
  expect(screen.getByRole('alert')).toHaveTextContent('You are another person than before');

  localStorage.removeItem('session.personNotice');
  act(() => void window.dispatchEvent(new StorageEvent('storage', { key: 'session.personNotice' })));

  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a tab that does not see yet what another tab stored says nothing of a person who was chosen there', async () => {
  const service = new FakeService();
  await visitMachines([machine({ name: 'of ada' })], service);
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'bob', expiresAt: Date.now() + 1e9 }];

  await fromAnotherTab({ is: 'changed', userId: 'bob' });

  await waitFor(() => expect(screen.queryByText('of ada')).not.toBeInTheDocument());
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('whoever signed out and starts anew is not told what they know', async () => {
  const service = new FakeService();
  const { user } = await visitMachines([], service);
  service.answers['POST /api/sessions'] = () => [201, { userId: 'new', token: 'jwt', expiresAt: Date.now() + 1e9 }];

  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Sign out' }));
  await user.click(await screen.findByRole('button', { name: 'Start a new session' }));

  expect(await screen.findByText('Loading your machines…')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
