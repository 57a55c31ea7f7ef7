import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { PERSON, providerAt, startKeycloak } from './keycloak.js';
import { freePort, startService } from './service.js';

let service, keycloak, browser;

before(async () => {
  const port = await freePort();
  service = await startService(providerAt(port));
  keycloak = await startKeycloak(port, service.url);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await keycloak?.end();
  await service?.end();
});

async function signIn(page) {
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('#username').fill(PERSON.username);
  await page.locator('#password').fill(PERSON.password);
  await page.locator('#kc-login').click();
  await page.getByRole('button', { name: 'Add your first machine' }).waitFor();
}

test('somebody signs in with the provider, stays so, signs out at both and signs in again', async () => {
  const { page } = await visit(browser, service);

  await signIn(page);
  await page.reload();
  await page.getByRole('button', { name: 'Add your first machine' }).waitFor();
  const session = await page.evaluate(() => fetch('../api/sessions/current').then((answer) => answer.json()));
  assert.equal(session.name, PERSON.name);
  assert.equal(session.anonymous, false);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.locator('#kc-logout').click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await page.getByRole('button', { name: 'Start a new session' }).click();
  await signIn(page);
});
