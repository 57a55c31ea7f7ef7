import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { look } from './look.js';
import { startService } from './service.js';

let service, browser;

before(async () => {
  service = await startService({ 'sessions.anonymous': false, 'quarkus.oidc.auth-server-url': 'http://127.0.0.1:9', 'quarkus.oidc.client-id': 'machines' });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await service?.end();
});

test('where nobody can start a session, the page leads to the sign-in', async () => {
  const { page } = await visit(browser, service);

  assert.equal(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href'), '/api/sessions/sign-in?next=%2Fapp%2F');
  await look(page);
});
