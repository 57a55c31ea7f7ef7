import { act, screen } from '@testing-library/react';

import { fromAnotherTab } from '../../testing/FakeChannel';
import { FakeService, problem, type Answer } from '../../testing/fakeService';
import { visitMachines, visitPage } from '../../testing/visitPage';

const LINK = 'http://localhost:3000/app#recover=a.b.c';

/** A link as the service makes it, but for its signature. */
const linkOf = (person: string) => `e30.${btoa(JSON.stringify({ sub: person })).replace(/=+$/, '')}.c2ln`;

function openedWith(recovery: string): FakeService {
  window.history.replaceState(null, '', `/app/#recover=${recovery}`);
  const service = new FakeService();
  service.answers['GET /api/sessions/current'] = () => problem(401, 'Credentials are missing.');
  service.answers['GET /api/machines/summary'] = () => [200, { total: 0, online: 0, offline: 0 }];
  return service;
}

/** Answers with the person of the link, and notes what was presented. */
function recovers(service: FakeService, person = 'ada'): unknown[] {
  const bodies: unknown[] = [];
  service.answers['POST /api/sessions'] = (body) => {
    bodies.push(body);
    service.answers['GET /api/sessions/current'] = () => [200, { userId: person, expiresAt: Date.now() + 1e9, anonymous: true }];
    return [201, { userId: person, token: 'jwt', expiresAt: Date.now() + 1e9, anonymous: true }];
  };
  return bodies;
}

test('a recovery link is taken off the address bar, and opens the page as its person', async () => {
  const recovery = linkOf('ada');
  const service = openedWith(recovery);
  const bodies = recovers(service);

  await visitMachines([], service);

  expect(window.location.hash).toBe('');
  expect(bodies).toEqual([{ recovery }]);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('where nobody with machines is signed in, nobody is asked', async () => {
  const service = openedWith(linkOf('ada'));
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'bob', expiresAt: Date.now() + 1e9, anonymous: true }];
  const bodies = recovers(service);

  await visitMachines([], service);

  expect(bodies).toHaveLength(1);
  expect(screen.queryByText(/another person than before/)).not.toBeInTheDocument();
});

test('whoever became the person of a link without being asked is told, and can leave', async () => {
  const service = openedWith(linkOf('ada'));
  recovers(service);
  const { user } = await visitMachines([], service);
  expect(screen.getByText(/You are now the person whose recovery link was opened/)).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'That is not me: sign out' }));

  expect(await screen.findByRole('heading', { name: 'You are signed out' })).toBeVisible();
});

test('whoever has an account is asked before a link makes them another person, also without machines', async () => {
  const service = openedWith(linkOf('ada'));
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'bob', expiresAt: Date.now() + 1e9, anonymous: false }];
  const bodies = recovers(service);
  await visitPage(service);

  expect(await screen.findByText(/of another person than the one who is signed in here\. If you change/)).toBeVisible();
  expect(bodies).toEqual([]);
});

test('a question that is open is not answered by another tab', async () => {
  await visitAsBob();
  expect(await screen.findByRole('heading', { name: 'Change to the person of the link?' })).toBeVisible();

  await fromAnotherTab({ is: 'changed', userId: 'ada' });

  expect(screen.getByRole('heading', { name: 'Change to the person of the link?' })).toBeVisible();
});

async function visitAsBob() {
  const service = openedWith(linkOf('ada'));
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'bob', expiresAt: Date.now() + 1e9, anonymous: true }];
  service.answers['GET /api/machines/summary'] = () => [200, { total: 2, online: 1, offline: 1 }];
  service.answers['POST /api/sessions/recovery'] = () => [201, { url: LINK }];
  const bodies = recovers(service);
  const { user } = await visitPage(service);
  return { service, user, bodies };
}

test('where another person with machines is signed in, the page asks, and offers that person a way back', async () => {
  const { user, bodies } = await visitAsBob();
  expect(screen.getByRole('heading', { name: 'Change to the person of the link?' })).toBeVisible();
  expect(screen.getByText(/2 machines/)).toBeVisible();
  expect(bodies).toEqual([]);

  await user.click(await screen.findByRole('button', { name: 'Copy recovery link' }));
  expect(await screen.findByRole('textbox', { name: 'Recovery link' })).toHaveValue(LINK);
  await user.click(screen.getByRole('button', { name: 'Be the person of the link' }));

  expect(await screen.findByText('Loading your machines…')).toBeInTheDocument();
  expect(bodies).toHaveLength(1);
});

test('whoever would rather stay who they are does', async () => {
  const { service, user } = await visitAsBob();
  localStorage.setItem('session.lifetime', '1000000000');

  await user.click(screen.getByRole('button', { name: 'Stay who I am' }));

  expect(await screen.findByText('Loading your machines…')).toBeInTheDocument();
  expect(service.asked).not.toContain('POST /api/sessions');
});

test('a link of the person who is signed in already changes nothing', async () => {
  const service = openedWith(linkOf('ada'));
  localStorage.setItem('session.lifetime', '1000000000');
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'ada', expiresAt: Date.now() + 1e9, anonymous: true }];

  await visitMachines([], service);

  expect(service.asked).not.toContain('POST /api/sessions');
});

test('a link that is not good any more says why, and the page goes on without it', async () => {
  const service = openedWith(linkOf('ada'));
  service.answers['POST /api/sessions'] = () => problem(401, 'This recovery link has expired.');
  const { user } = await visitPage(service);
  expect(screen.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
  expect(screen.getByText('This recovery link has expired.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();

  recovers(service, 'new');
  await user.click(screen.getByRole('button', { name: 'Go on without it' }));

  expect(await screen.findByText('Loading your machines…')).toBeInTheDocument();
});

test('a link is not lost where the service is away for a moment', async () => {
  const service = openedWith(linkOf('ada'));
  service.answers['POST /api/sessions'] = () => problem(503, 'Try again shortly.');
  const { user } = await visitPage(service);
  expect(screen.getByText('Try again shortly.')).toBeVisible();

  const bodies = recovers(service);
  await user.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('Loading your machines…')).toBeInTheDocument();
  expect(bodies).toEqual([{ recovery: linkOf('ada') }]);
});

test('a link that is opened in a page that is open already is taken, too', async () => {
  const service = new FakeService();
  await visitMachines([], service);
  service.answers['GET /api/machines/summary'] = () => [200, { total: 0, online: 0, offline: 0 }];
  const bodies = recovers(service, 'eve');

  window.history.replaceState(null, '', `/app/#recover=${linkOf('eve')}`);
  await act(async () => void window.dispatchEvent(new Event('hashchange')));

  await vi.waitFor(() => expect(bodies).toHaveLength(1));
  expect(window.location.hash).toBe('');
});

test('signing out offers the way back first', async () => {
  const service = new FakeService();
  service.answers['POST /api/sessions/recovery'] = () => [201, { url: LINK }];
  const { user } = await visitMachines([], service);

  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await user.click(await screen.findByRole('button', { name: 'Copy recovery link' }));

  expect(await screen.findByRole('textbox', { name: 'Recovery link' })).toHaveValue(LINK);
  expect(screen.getByText(/Keep it like a password/)).toBeVisible();
});

test('a link that cannot be made says why', async () => {
  const service = new FakeService();
  service.answers['POST /api/sessions/recovery'] = () => problem(503, 'The database cannot be reached.');
  const { user } = await visitMachines([], service);

  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await user.click(await screen.findByRole('button', { name: 'Copy recovery link' }));

  expect(await screen.findByText('The database cannot be reached.')).toBeVisible();
});

test('whoever has an account is not told that machines would be lost', async () => {
  const service = new FakeService();
  service.answers['POST /api/sessions'] = () => [201, { userId: 'ada', token: 'jwt', expiresAt: Date.now() + 1e9, anonymous: false }];
  const { user } = await visitMachines([], service);

  await user.click(screen.getByRole('button', { name: 'Sign out' }));

  expect(await screen.findByText(/Sign in again to see them/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Copy recovery link' })).not.toBeInTheDocument();
});

test('whoever has become another person is offered a link for the person who they are now', async () => {
  const service = new FakeService();
  localStorage.setItem('session.user', 'somebody before');
  await visitMachines([], service);

  expect(screen.getByRole('alert')).toHaveTextContent('If you kept a recovery link of the earlier person');
  expect(screen.getByRole('button', { name: 'Copy recovery link' })).toBeVisible();
});

test('a link whose answer comes after somebody signed out in another tab signs nobody in', async () => {
  const service = openedWith(linkOf('ada'));
  service.answers['GET /api/sessions/current'] = () => [200, { userId: 'bob', expiresAt: Date.now() + 1e9, anonymous: false }];
  const { user } = await visitPage(service);
  let answer: (recovered: Answer) => void = () => undefined;
  service.answers['POST /api/sessions'] = () => new Promise<Answer>((resolve) => (answer = resolve));
  await user.click(screen.getByRole('button', { name: 'Be the person of the link' }));

  await fromAnotherTab({ is: 'signedOut', hadAccount: true });
  await act(async () => answer([201, { userId: 'ada', token: 'jwt', expiresAt: Date.now() + 1e9, anonymous: true }]));

  expect(screen.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  expect(service.asked.at(-1)).toBe('DELETE /api/sessions/current');
});
