import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { visitAs } from './account.js';
import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { look } from './look.js';
import { startService } from './service.js';

// What the page shows to people with an account alone: secrets for programs and fleets, teams and roles.
const ADA = { id: 'https://id.example.org ada', name: 'Ada Lovelace', teams: ['ops:admin', 'lab', 'empty:viewer'] };
const VERA = { id: 'https://id.example.org vera', name: 'Vera Molnár', teams: ['ops:viewer', 'empty:viewer'] };
const GRACE = { id: 'https://id.example.org grace', name: 'Grace Hopper', teams: ['administrators'] };
const CARL = { id: 'https://id.example.org carl' };

let service, browser, page, context;

before(async () => {
  service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m', 'teams.administrators': 'administrators' });
  browser = await launchBrowser();
  ({ context, page } = await visitAs(browser, service, ADA));
  const api = apiOf(context, service);
  const { token } = await api.register('gateway', { owner: 'team:ops', labels: { env: 'prod' } });
  await asMachine(service, token, 'connect', { hostname: 'gw-1', rootDirectory: '/srv/app', os: 'Linux 6.1.0', agentVersion: 'agent.sh 0.9' });
  await api.register('spare', { owner: 'team:ops' });
  await api.register('laptop');
});

after(async () => {
  await browser?.close();
  await service?.end();
});

const button = (name, where = page) => where.getByRole('button', { name, exact: true });
const dialog = (where = page) => where.getByRole('dialog');
const field = (name, where = page) => dialog(where).getByRole('textbox', { name });
const listOf = (owner) => `/app/#/machines?owner=${encodeURIComponent(owner)}`;

/** Shows another place of the page; an address that differs in its fragment alone would be no new page. */
async function goTo(path, where = page) {
  await where.goto('about:blank');
  await where.goto(service.url + path);
}

test('who somebody is, and their teams', async () => {
  await button('Account').click();
  await dialog().getByText('ops').first().waitFor();
  await look(page);
  await button('Close').click();
});

describe('API tokens', () => {
  before(() => goTo('/app/'));

  test('nothing is made yet, and a name is missing', async () => {
    await button('API tokens').click();
    await field('Name').waitFor();
    await look(page);

    await button('Make token').click();
    await dialog().getByText(/^The name must/).waitFor();
    await look(page);
  });

  test('one that is made, and one that would be lost', async () => {
    await field('Name').fill('backup script');
    await page.keyboard.press('Enter');
    await dialog().getByRole('heading', { name: 'Your API token' }).waitFor();
    await look(page);

    await button('Done').click();
    await button('Close anyway').waitFor();
    await look(page);
  });

  test('one that is revoked, and one that cannot be', async () => {
    const tokenId = await dialog().locator('p > code').innerText();
    await button('Close anyway').click();
    await button('API tokens').click();

    await field('Token ID').fill('no such token');
    await button('Revoke').click();
    await dialog().locator('.problem:visible').waitFor();
    await look(page);

    await field('Token ID').fill(tokenId);
    await button('Revoke').click();
    await dialog().getByText('Revoked: nothing takes this token any more.').waitFor();
    await look(page);
    await button('Close').click();
  });
});

describe('enrolment keys of a team', () => {
  before(() => goTo(listOf('team:ops')));

  test('the form, with all that can be wrong in it', async () => {
    await button('Add machine').click();
    await button('Add a fleet…').click();
    await dialog().getByText('The machines will belong to the team ops.').waitFor();
    await field('Most machines at once').fill('none');
    await button('Add a label').click();
    await field('Key 1').fill('Not A Key');
    await button('Make key').click();
    await dialog().getByText('A key has 1 to 63').waitFor();
    await look(page);
  });

  test('a key that is made, in what each kind of machine is started with', async () => {
    await field('Name of the key').fill('rack 7');
    await field('Most machines at once').fill('12');
    await field('Key 1').fill('rack');
    await field('Value 1').fill('7');
    await button('Make key').click();
    await dialog().getByRole('heading', { name: 'Your fleet’s key' }).waitFor();

    for (const tab of ['Service', 'cloud-init', 'Ansible', 'Kubernetes']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('region', { name: `${tab} snippet` }).waitFor();
      await look(page);
    }
  });

  test('a key that would be lost, and one that is revoked', async () => {
    await page.keyboard.press('Escape');
    await dialog().getByText('The key was not copied').waitFor();
    await look(page);

    await button('Keep open').click();
    await button('Revoke this key').click();
    await dialog().getByText('Revoked: no more machines come with it. Those').waitFor();
    await look(page);
    await button('Done').click();
  });
});

describe('handing over', () => {
  test('a machine of one\'s own', async () => {
    await goTo('/app/');
    await button('laptop').click();
    await button('Hand over…').click();
    await dialog().getByRole('combobox', { name: 'New owner' }).waitFor();
    await look(page);
    await button('Cancel').click();
  });

  test('the machines of everyone, and a new owner who cannot be one', async () => {
    const grace = await visitAs(browser, service, GRACE, listOf('all'));
    await button('laptop', grace.page).waitFor();
    await look(grace.page);

    await button('laptop', grace.page).click();
    await button('Hand over…', grace.page).click();
    await grace.page.getByRole('combobox', { name: 'New owner' }).selectOption('Another person…');
    await grace.page.getByLabel('ID of the person').fill('team:');
    await button('Hand over', grace.page).click();
    await dialog(grace.page).getByText(/^The owner must be/).waitFor();
    await look(grace.page);
    await grace.context.close();
  });
});

describe('a viewer', () => {
  let vera;

  before(async () => {
    vera = await visitAs(browser, service, VERA, listOf('team:ops'));
  });

  test('the team\'s machines, which cannot be chosen', async () => {
    await button('gateway', vera.page).waitFor();
    assert.equal(await vera.page.getByRole('checkbox').count(), 0);
    await look(vera.page);
  });

  test('a machine, which cannot be changed', async () => {
    await button('gateway', vera.page).click();
    await vera.page.getByText('gw-1').first().waitFor();
    await look(vera.page);
  });

  test('a team without machines', async () => {
    await goTo(listOf('team:empty'), vera.page);
    await vera.page.getByText('You see what there is here, and cannot add to it.').waitFor();
    await look(vera.page);
  });

  for (const owner of ['team:strangers', 'all', ADA.id]) {
    test(`machines that are not theirs to see: ${owner}`, async () => {
      await goTo(listOf(owner), vera.page);
      await vera.page.getByRole('heading', { name: 'You cannot see these machines' }).waitFor();
      await look(vera.page);
    });
  }
});

test('somebody in no team, whose machines of before they signed in can come along', async () => {
  const carl = await visit(browser, service);
  await carl.page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  const { context: signedIn, page: withAccount } = await visitAs(browser, service, CARL);
  // Only a provider's sign-in leaves a cookie that says who somebody was.
  await carl.context.route('**/api/sessions/earlier-machines', (route) => route.fulfill({ json: { machines: 3 } }));
  await button('Account', withAccount).waitFor();
  await carl.context.addCookies(await signedIn.cookies());

  await carl.page.reload();

  await carl.page.getByText(/bring them along\?/).waitFor();
  await look(carl.page);
  await button('Account', carl.page).click();
  await dialog(carl.page).getByText('You are in no team.').waitFor();
  await look(carl.page);
});

test('whoever signs out everywhere is signed out in another browser as well, and their API tokens end', async () => {
  const elsewhere = await visitAs(browser, service, ADA);
  await button('laptop', elsewhere.page).waitFor();
  const [cookie] = await elsewhere.context.cookies();
  await goTo('/app/');
  await button('API tokens').click();
  await field('Name').fill('backup script');
  await page.keyboard.press('Enter');
  const token = await dialog().getByRole('region', { name: 'API token' }).innerText();
  const copy = dialog().getByRole('button', { name: 'Copy API token' });
  // It says so for a moment only, and is safe to be closed from then on.
  await Promise.all([copy.getByText('Copied').waitFor(), copy.click()]);
  await button('Done').click();
  const asked = () => fetch(`${service.url}/api/machines`, { headers: { Authorization: `Bearer ${token.trim()}` } });
  assert.equal((await asked()).status, 200);

  await button('Sign out').click();
  await dialog().getByRole('checkbox', { name: /^Everywhere, on every device: API tokens/ }).check();
  await look(page);
  await button('Sign out everywhere', dialog()).click();

  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await look(page);
  assert.equal((await asked()).status, 401);
  const copied = await fetch(`${service.url}/api/sessions/current`, { headers: { Authorization: `Bearer ${cookie.value}` } });
  assert.equal(copied.status, 401);
  await button('laptop', elsewhere.page).waitFor({ state: 'detached' });
});
