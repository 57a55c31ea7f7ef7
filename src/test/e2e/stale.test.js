import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { look } from './look.js';
import { startProxy } from './proxy.js';
import { startService } from './service.js';

const AN_HOUR = 3_600_000;
const STREAM = /events$/;
// The watchdog of the page waits for 35 seconds.
const NOTICED = { timeout: 90_000 };
// It may have asked in vain a moment before, and waits longer each time.
const COMES_BACK = { timeout: 105_000 };

let service, browser, proxy, context, page, machine;

before(async () => {
  service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await service?.end();
});

beforeEach(async () => {
  proxy = await startProxy(service);
  ({ context, page } = await visit(browser, proxy));
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  machine = await apiOf(context, service).register('gateway');
  await asMachine(service, machine.token, 'connect', { hostname: 'gw-1', rootDirectory: '/srv/app' });
  await row(page).waitFor();
});

afterEach(async () => {
  await context?.close();
  await proxy?.end();
});

const row = (where, status = 'Online') => where.getByRole('row', { name: new RegExp(`gateway.*${status}`) });
const notLive = (where) => where.getByText(/^Not live since/);
const databaseAway = (where) => where.getByText(/^The service cannot reach its database\. Status as of/);

/** From now on the browser has no SharedWorker. */
async function loseWorker() {
  await context.addInitScript(() => delete globalThis.SharedWorker);
  await page.reload();
  await row(page).waitFor();
}

for (const [kind, prepare] of [['shared by tabs', () => undefined], ['of one tab', loseWorker]]) {
  test(`a stream ${kind} that passes no bytes any more shows as not live, and the page comes back by itself`, async () => {
    await prepare();

    proxy.stall();
    await apiOf(context, service).register('late comer');
    await notLive(page).waitFor(NOTICED);
    await row(page, 'Was online.*as of').waitFor();
    await page.getByRole('heading', { name: /1 machine, 1 online as of/ }).waitFor();
    proxy.resume();

    await notLive(page).waitFor({ state: 'hidden', ...COMES_BACK });
    await row(page, 'Online.*for ').waitFor();
    await page.getByRole('row', { name: /late comer/ }).waitFor();
  });
}

test('a worker that ends without a word is noticed, and another takes its place', async () => {
  const devTools = await browser.newBrowserCDPSession();
  const { targetInfos } = await devTools.send('Target.getTargets', { filter: [{ type: 'shared_worker' }] });
  const { targetId } = targetInfos.find(({ url }) => url.startsWith(proxy.url));

  await devTools.send('Target.closeTarget', { targetId });
  await apiOf(context, service).register('late comer');

  await page.getByRole('row', { name: /late comer/ }).waitFor(NOTICED);
  await notLive(page).waitFor({ state: 'hidden' });
});

test('a stream that hangs before it is open is given up', async () => {
  proxy.stall(STREAM);
  await Promise.all([proxy.hasHung(), page.reload()]);
  await page.getByText('Loading your machines…').waitFor({ state: 'attached' });

  proxy.resume();

  await row(page).waitFor(COMES_BACK);
});

test('a stream on which nothing happens is kept', async () => {
  await page.evaluate(() => {
    globalThis.saidNotLive = false;
    const look = () => (globalThis.saidNotLive ||= document.body.innerText.includes('Not live'));
    new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
  });

  await proxy.sent('alive', 5);

  assert.equal(await page.evaluate(() => globalThis.saidNotLive), false);
  assert.equal(proxy.opened(), 1);
});

test('a database that is away shows in all tabs, also in one that is opened then', async () => {
  proxy.say('away', { since: Date.now() });
  await databaseAway(page).waitFor();
  const later = await context.newPage();
  await later.goto(`${proxy.url}/app/`);

  for (const tab of [page, later]) {
    await databaseAway(tab).waitFor();
    await row(tab, 'Was online.*as of').waitFor();
  }
  await look(page, 'away');

  proxy.say('back', { now: Date.now() });
  for (const tab of [page, later]) {
    await row(tab, 'Online.*for ').waitFor();
  }
});

test('the dialog of a new machine does not claim to know while the database is away', async () => {
  await page.getByRole('button', { name: 'Add machine' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('lab bench');
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for the machine…').waitFor();

  proxy.say('away', { since: Date.now() });

  await page.getByText('Whether the machine has connected cannot be known now.').waitFor();
  await look(page);
});

test('a browser whose clock is an hour ahead shows how long a machine is offline by the clock of the service', async () => {
  await asMachine(service, machine.token, 'disconnect');
  await row(page, 'Offline').waitFor();

  await context.addInitScript(() => delete globalThis.SharedWorker);
  await context.addInitScript((ahead) => {
    const now = Date.now;
    Date.now = () => now() + ahead;
  }, AN_HOUR);
  await page.reload();

  await row(page, 'for (..? seconds?|. minutes?)').waitFor();
});

test('details that cannot be loaded say so, and are loaded on demand', async () => {
  await page.getByRole('button', { name: 'gateway', exact: true }).click();
  await page.getByText('gw-1').waitFor();
  await context.route(`**/api/machines/${machine.machineId}`, (route) => route.abort());
  await page.reload();
  await page.getByText('The details could not be loaded.').waitFor();
  await look(page);

  await context.unroute(`**/api/machines/${machine.machineId}`);
  await page.getByRole('button', { name: 'Try again' }).click();

  await page.getByText('gw-1').waitFor();
});

test('a token that two hosts use is warned of', async () => {
  const [entry] = await (await context.request.get(`${service.url}/api/machines`)).json();

  proxy.say('machine', { ...entry, sharedBy: ['build-7', 'build-9'] });

  await page.getByRole('row', { name: /2 hosts use this token: build-7, build-9/ }).waitFor();
  await look(page);
  await page.getByRole('button', { name: 'gateway', exact: true }).click();
  await page.getByText('2 hosts use this token: build-7, build-9.').waitFor();
  await look(page, 'shared');
});
