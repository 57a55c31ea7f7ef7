import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { look } from './look.js';
import { startService } from './service.js';

let service, browser, ada, adasPhone, bob;

before(async () => {
  service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
  browser = await launchBrowser();
  ada = await visit(browser, service);
  await ada.page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  adasPhone = await visit(browser, service, { storageState: await ada.context.storageState(), viewport: { width: 360, height: 740 } });
  bob = await visit(browser, service);
});

after(async () => {
  await browser?.close();
  await service?.end();
});

const row = ({ page }, name) => page.getByRole('row', { name: new RegExp(name) });

async function streams() {
  const metrics = await (await fetch(`${service.url}/q/metrics`)).text();
  return Number(/^feed_streams[^ ]* (\S+)$/m.exec(metrics)[1]);
}

test('both browsers of a user see a new machine, and nobody else does', async () => {
  const { token } = await apiOf(ada.context, service).register('gateway');
  await asMachine(service, token, 'connect', { hostname: 'gw' });

  await row(ada, 'gateway.*Online').waitFor();
  await row(adasPhone, 'gateway.*Online').waitFor();
  assert.equal(await bob.page.getByText('gateway').count(), 0);
  await bob.page.getByRole('heading', { name: 'No machines yet' }).waitFor();
});

test('several tabs share one stream, which goes on when the first is closed', async () => {
  const before = await streams();
  const tabs = [];
  for (let count = 0; count < 6; count++) {
    const tab = await ada.context.newPage();
    await tab.goto(`${service.url}/app/`);
    await tab.getByRole('row', { name: /gateway/ }).waitFor();
    tabs.push(tab);
  }
  assert.equal(await streams(), before);

  await ada.page.close();
  ada.page = tabs.pop();
  await apiOf(ada.context, service).register('lab bench');

  for (const tab of [ada.page, ...tabs]) {
    await tab.getByRole('row', { name: /lab bench.*never connected/ }).waitFor();
  }
  await Promise.all(tabs.map((tab) => tab.close()));
});

test('the page comes back by itself after the service was restarted under it, with what is being typed', async () => {
  await ada.page.getByRole('button', { name: 'Add machine' }).click();
  await ada.page.getByRole('textbox', { name: 'Name' }).fill('half typ');
  await service.stop();
  await ada.page.getByText(/Not live since/).waitFor();
  assert.equal(await row(ada, 'gateway').count(), 1);

  await service.start();
  // The page tries again at most 45 seconds after it failed the last time.
  await ada.page.getByText(/Not live since/).waitFor({ state: 'hidden', timeout: 105_000 });

  assert.equal(await ada.page.getByRole('textbox', { name: 'Name' }).inputValue(), 'half typ');
  await ada.page.getByRole('button', { name: 'Cancel' }).click();
  await apiOf(ada.context, service).register('late comer');
  await row(ada, 'late comer').waitFor();
});

test('signing out in one tab shows in the others, and closes the stream', async () => {
  const other = await bob.context.newPage();
  await other.goto(`${service.url}/app/`);
  await other.getByRole('heading', { name: 'No machines yet' }).waitFor();

  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();

  await bob.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  assert.equal((await bob.context.cookies()).length, 0);
});

test('whoever signed out without an account comes back by the recovery link, elsewhere too', async () => {
  const eve = await visit(browser, service);
  await eve.page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  await apiOf(eve.context, service).register('lighthouse');
  await row(eve, 'lighthouse').waitFor();
  const [cookie] = await eve.context.cookies();

  await eve.page.getByRole('button', { name: 'Sign out' }).click();
  const dialog = eve.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy recovery link' }).click();
  const link = await dialog.getByRole('textbox', { name: 'Recovery link' }).inputValue();
  await dialog.getByText(/^Copied/).waitFor();
  assert.equal(await eve.page.evaluate(() => navigator.clipboard.readText()), link);
  await look(eve.page);
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await eve.page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  const copied = await fetch(`${service.url}/api/sessions/current`, { headers: { Authorization: `Bearer ${cookie.value}` } });
  assert.equal(copied.status, 401);

  const elsewhere = await visit(browser, service);
  await elsewhere.page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  await elsewhere.page.goto(link);
  await row(elsewhere, 'lighthouse').waitFor();
  assert.equal(await elsewhere.page.evaluate(() => location.hash), '');
  assert.equal(await elsewhere.page.getByText(/another person than before/).count(), 0);

  // Ada has machines, and no account either.
  await ada.page.goto(link);
  await ada.page.getByRole('heading', { name: 'Change to the person of the link?' }).waitFor();
  await look(ada.page);
  await ada.page.getByRole('button', { name: 'Stay who I am' }).click();
  await row(ada, 'gateway').waitFor();

  await eve.page.goto(`${link.slice(0, -4)}AAAA`);
  await eve.page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  await look(eve.page);
});
