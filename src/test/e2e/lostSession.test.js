import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf } from './fleet.js';
import { look } from './look.js';
import { startService } from './service.js';

let one, other, browser;

before(async () => {
  [one, other] = await Promise.all([startService(), startService()]);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await Promise.all([one?.end(), other?.end()]);
});

const notice = (page) => page.getByText(/You are another person than before/);

test('two services on two ports of one host leave each other\'s sessions alone', async () => {
  const { context, page } = await visit(browser, one);
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  await apiOf(context, one).register('of one');
  const tab = await context.newPage();
  await tab.goto(`${other.url}/`);
  await tab.getByRole('heading', { name: 'No machines yet' }).waitFor();
  await apiOf(context, other).register('of the other');

  for (const [at, machine] of [[page, 'of one'], [tab, 'of the other'], [page, 'of one']]) {
    await at.reload();
    await at.getByRole('row', { name: new RegExp(machine) }).waitFor();
    assert.equal(await notice(at).count(), 0);
  }
});

test('whoever became another person is told so in each tab until they answer, and can keep who they are now', async () => {
  const { context, page } = await visit(browser, one);
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  await apiOf(context, one).register('of the lost one');
  await page.getByRole('row', { name: /of the lost one/ }).waitFor();

  await context.clearCookies();
  await page.reload();
  await notice(page).waitFor();
  await look(page);
  await page.getByRole('button', { name: 'Copy recovery link' }).click();
  await page.getByRole('textbox', { name: 'Recovery link' }).waitFor();
  await look(page);

  const tab = await context.newPage();
  await tab.goto(`${one.url}/app/`);
  await notice(tab).waitFor();
  await page.reload();
  await notice(page).waitFor();
  await tab.getByRole('button', { name: 'Got it' }).click();

  await notice(page).waitFor({ state: 'detached' });
  assert.equal(await notice(tab).count(), 0);
});
