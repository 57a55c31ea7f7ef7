import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { look } from './look.js';
import { startService } from './service.js';

let service, browser;

before(async () => {
  service = await startService({ 'sessions.anonymous': false, 'sessions.sign-in-url': 'https://login.example.com/' });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await service?.end();
});

test('where nobody can start a session, the page leads to the sign-in', async () => {
  const { page } = await visit(browser, service);

  assert.equal(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href'), 'https://login.example.com/');
  await look(page);
});
