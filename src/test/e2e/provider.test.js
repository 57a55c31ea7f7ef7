import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { PEOPLE, settingsFor, startKeycloak } from './keycloak.js';
import { look } from './look.js';
import { startPrefixProxy } from './prefixProxy.js';
import { freePort, startService, until } from './service.js';

const LONGEST_ANSWER = 10_000;
const TEAM_OPS = '/app/#/machines?owner=team%3Aops';

let service, keycloak, proxy, browser, ada, adasTab, bob, vera, adasToken, gateway;

before(async () => {
  const [port, providerPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  proxy = await startPrefixProxy('/tools/registry', { keeps: false });
  proxy.leadTo({ url });
  const addresses = { 'service.url': url, 'service.additional-urls': proxy.url };
  const starts = await Promise.allSettled([
    startService({ ...settingsFor(providerPort), ...addresses, 'presence.ttl': '1h', 'presence.heartbeat': '1m' }, port),
    startKeycloak(providerPort, url, proxy.url),
    launchBrowser(),
  ]);
  // What did start is ended afterwards, also where something else did not.
  [service, keycloak, browser] = starts.map(({ value }) => value);
  const failed = starts.find(({ status }) => status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
  // The service looks for its provider by itself, and leads people there as soon as it has found it.
  let status;
  const leadsToIt = async () => {
    const answer = await fetch(`${service.url}/api/sessions/sign-in`, { redirect: 'manual', signal: AbortSignal.timeout(LONGEST_ANSWER) })
      // Whoever did not answer just then is asked again.
      .catch((failure) => ({ status: failure.name }));
    return (status = answer.status) === 303;
  };
  await until(() => `the service leads people to their provider, and does not answer ${status}`, leadsToIt);
});

after(async () => {
  await browser?.close();
  await Promise.all([service?.end(), keycloak?.end(), proxy?.end()]);
});

const row = (page, name) => page.getByRole('row', { name: new RegExp(name) });
const button = (page, name) => page.getByRole('button', { name, exact: true });

async function fillIn(page, { username, password }) {
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(password);
  await page.locator('#kc-login').click();
}

/** Somebody at a browser of their own, who comes by a link to the page and signs in. */
async function signIn(person, path = TEAM_OPS, url = service.url) {
  const visitor = await visit(browser, { url: 'about:blank#' });
  await visitor.page.goto(url + path);
  await visitor.page.getByRole('link', { name: 'Sign in' }).click();
  await fillIn(visitor.page, person);
  await button(visitor.page, 'Account').waitFor();
  return visitor;
}

/** Another tab of somebody, at this path. */
async function openTab({ context }, path = TEAM_OPS) {
  const page = await context.newPage();
  await page.goto(service.url + path);
  return page;
}

const sessionCookie = async ({ context }) => (await context.cookies()).find(({ name }) => name.startsWith('machine_registry_'));

function withCookie({ name, value }, path, options = {}) {
  return fetch(service.url + path, { ...options, headers: { ...options.headers, Cookie: `${name}=${value}` } });
}

test('whoever signs in comes back to the view that they asked for, as themselves', async () => {
  ada = await signIn(PEOPLE.ada);
  // Signed later than what the sign-in brought, and so the last of the two to end.
  adasToken = await keycloak.accessToken(PEOPLE.ada);

  assert.equal(ada.page.url(), service.url + TEAM_OPS);
  await ada.page.getByRole('combobox', { name: 'Machines of' }).waitFor();
  await button(ada.page, 'Account').click();
  await ada.page.getByText('You are signed in as Ada Lovelace.').waitFor();
  assert.deepEqual(
    (await ada.page.getByRole('dialog').getByRole('listitem').allInnerTexts()).map((text) => text.split('.')[0]),
    ['ops: operator', 'other: operator'],
  );
  await look(ada.page);
  await button(ada.page, 'Close').click();
});

test('a reload and a second tab need no provider', async () => {
  const asked = [];
  ada.context.on('request', (request) => request.url().startsWith(keycloak.realm) && asked.push(request.url()));

  await ada.page.reload();
  await button(ada.page, 'Add your first machine').click();
  await ada.page.getByRole('textbox', { name: 'Name' }).fill('gateway');
  await ada.page.keyboard.press('Enter');
  const [, token] = /MACHINE_TOKEN=(\S+)/.exec(await ada.page.getByRole('region', { name: 'Shell command' }).innerText());
  gateway = token;
  adasTab = await openTab(ada);
  await row(adasTab, 'gateway.*never connected').waitFor();
  await asMachine(service, gateway, 'connect', { hostname: 'gw' });

  await ada.page.getByText('Connected:').waitFor();
  await button(ada.page, 'Done').click();
  await row(adasTab, 'gateway.*Online').waitFor();
  assert.deepEqual(asked, []);
});

test('another person of the team sees its machines and changes them, live', async () => {
  bob = await signIn(PEOPLE.bob);
  await row(bob.page, 'gateway.*Online').waitFor();

  await asMachine(service, gateway, 'disconnect');
  await row(bob.page, 'gateway.*Offline').waitFor();
  await button(bob.page, 'gateway').click();
  await button(bob.page, 'Rename').click();
  await bob.page.getByRole('textbox', { name: 'Name' }).fill('front door');
  await bob.page.keyboard.press('Enter');

  await row(ada.page, 'front door').waitFor();
  await button(bob.page, 'Rename').waitFor();
  assert.deepEqual(await actionsOf(bob.page), ['Rename', 'New token…', 'Add machine']);
});

test('a viewer sees the same, without what they may not do', async () => {
  vera = await signIn(PEOPLE.vera);
  await row(vera.page, 'front door.*Offline').waitFor();
  await button(vera.page, 'front door').click();
  await vera.page.getByRole('heading', { name: 'front door' }).waitFor();

  assert.deepEqual(await actionsOf(vera.page), []);
  const [machineId] = gateway.split(':');
  const refused = await withCookie(await sessionCookie(vera), `/api/machines/${machineId}/token`, { method: 'POST' });
  assert.equal(refused.status, 403);
});

const ACTIONS = ['Rename', 'New token…', 'Hand over…', 'Delete…', 'Add machine'];

async function actionsOf(page) {
  const shown = await Promise.all(ACTIONS.map((name) => button(page, name).count()));
  return ACTIONS.filter((_, index) => shown[index] > 0);
}

test('a session goes on when the provider\'s token has ended', async () => {
  await until(() => 'the provider\'s token ends', () => Date.now() > adasToken.endsAt);
  const refused = await fetch(`${service.url}/api/machines`, { headers: { Authorization: `Bearer ${adasToken.token}` } });
  assert.equal(refused.status, 401);

  await asMachine(service, gateway, 'connect', { hostname: 'gw' });
  await row(ada.page, 'front door.*Online').waitFor();
  await apiOf(ada.context, service).register('lab bench', { owner: 'team:ops' });
  await row(bob.page, 'lab bench').waitFor();
  await ada.page.reload();
  await row(ada.page, 'front door.*Online').waitFor();
});

test('signing out ends the session here, in the other tab and at the provider, and nobody else\'s', async () => {
  const cookie = await sessionCookie(ada);
  assert.equal((await withCookie(cookie, '/api/sessions/current')).status, 200);

  await button(ada.page, 'Sign out').click();
  await button(ada.page.getByRole('dialog'), 'Sign out').click();
  await ada.page.locator('#kc-logout').click();

  await ada.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await adasTab.getByRole('heading', { name: 'You are signed out' }).waitFor();
  assert.equal(await row(adasTab, 'front door').count(), 0);
  assert.equal(await sessionCookie(ada), undefined);
  assert.equal((await withCookie(cookie, '/api/sessions/current')).status, 401);
  assert.equal((await withCookie(cookie, '/api/machines')).status, 401);
  await look(ada.page);
  await button(bob.page, 'Account').waitFor();
  await asMachine(service, gateway, 'disconnect');
  await row(bob.page, 'front door.*Offline').waitFor();
});

test('whoever signs in again is asked by the provider, and goes on in the other tab too', async () => {
  await ada.page.getByRole('link', { name: 'Sign in' }).click();
  await fillIn(ada.page, PEOPLE.ada);

  await button(ada.page, 'Account').waitFor();
  await row(adasTab, 'front door.*Offline').waitFor();
});

test('a session that is ended elsewhere in the middle of typing loses nothing', async () => {
  await button(adasTab, 'Add machine').click();
  const dialog = adasTab.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('half typed');
  const revoked = await withCookie(await sessionCookie(ada), '/api/sessions', { method: 'DELETE' });
  assert.ok((await revoked.json()).signOutUrl.startsWith(keycloak.realm));
  await dialog.getByText(/in a tab of its own/).waitFor();
  await look(adasTab);
  await adasTab.keyboard.press('Enter');
  await dialog.getByText(/then repeat this step/).waitFor();

  const [signingIn] = await Promise.all([ada.context.waitForEvent('page'), dialog.getByRole('link', { name: 'Sign in' }).click()]);
  await button(signingIn, 'Account').waitFor();
  await dialog.getByText(/in a tab of its own/).waitFor({ state: 'detached' });
  assert.equal(await dialog.getByRole('textbox', { name: 'Name' }).inputValue(), 'half typed');
  await dialog.getByRole('textbox', { name: 'Name' }).press('Enter');

  await dialog.getByRole('region', { name: 'Shell command' }).waitFor();
  await row(bob.page, 'half typed').waitFor();
  await ada.page.getByText(/in a tab of its own/).waitFor({ state: 'detached' });
});

test('an administrator who is in no team hands a machine over to a team', async () => {
  const other = await openTab(ada, '/app/#/machines?owner=team%3Aother');
  await other.getByRole('heading', { name: 'No machines yet' }).waitFor();
  const { page } = await signIn(PEOPLE.grace, '/app/#/machines?owner=all');
  await button(page, 'front door').click();

  await button(page, 'Hand over…').click();
  await page.getByRole('combobox', { name: 'New owner' }).selectOption('Another team…');
  await page.getByLabel('Name of the team').fill('other');
  await look(page);
  await button(page, 'Hand over').click();

  await row(other, 'front door').waitFor();
  await row(bob.page, 'front door').waitFor({ state: 'detached' });
  await row(page, 'front door.*Team other').waitFor();
});

test('whoever is in more teams than a cookie has room for is told so, and what helps', async () => {
  const { context, page } = await visit(browser, { url: 'about:blank#' });
  await page.goto(service.url);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillIn(page, PEOPLE.mia);

  await page.getByRole('heading', { name: 'Not signed in' }).waitFor();
  await page.getByText('You are in too many teams: teams.prefix keeps').waitFor();
  await look(page);
  assert.equal(await sessionCookie({ context }), undefined);
  await page.getByRole('link', { name: 'Back to the machines' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
});

test('below a path of a proxy people sign in and out in the same way, and come back below it', async () => {
  const visitor = await signIn(PEOPLE.bob, TEAM_OPS, proxy.url);
  assert.equal(visitor.page.url(), proxy.url + TEAM_OPS);
  await visitor.page.reload();
  await row(visitor.page, 'half typed').waitFor();
  assert.deepEqual((await visitor.context.cookies(proxy.url)).map(({ path }) => path), ['/tools/registry']);

  await button(visitor.page, 'Sign out').click();
  await button(visitor.page.getByRole('dialog'), 'Sign out').click();
  await visitor.page.locator('#kc-logout').click();

  await visitor.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  assert.equal(visitor.page.url(), `${proxy.url}/app/`);
  assert.deepEqual(await visitor.context.cookies(proxy.url), []);
});

test('whoever signs out everywhere signs out at the provider, too', async () => {
  const [here, there] = [await signIn(PEOPLE.bob), await signIn(PEOPLE.bob)];
  await row(there.page, 'half typed').waitFor();

  await button(here.page, 'Sign out').click();
  await here.page.getByRole('checkbox', { name: /^Everywhere, on every device/ }).check();
  await button(here.page, 'Sign out everywhere').click();
  await here.page.locator('#kc-logout').click();

  await here.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await there.page.getByText('Your session has ended.').waitFor();
});
