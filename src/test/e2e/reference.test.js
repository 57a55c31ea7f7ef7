import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { look } from './look.js';
import { startService } from './service.js';

let service, browser, page;
const failed = [];

before(async () => {
  service = await startService();
  browser = await launchBrowser();
  ({ page } = await visit(browser, { url: 'about:blank#' }));
  page.on('response', (response) => response.status() < 400 || failed.push(`${response.status()} ${response.url()}`));
  page.on('console', (message) => message.type() !== 'error' || failed.push(message.text()));
});

after(async () => {
  await browser?.close();
  await service?.end();
});

test('the reference of the API is there in production, whole and readable, under the content security policy', async () => {
  await page.goto(`${service.url}/app/reference.html`);

  await page.getByRole('heading', { name: 'Register a machine, or up to 1,000', exact: true }).waitFor();
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('table')).borderCollapse), 'collapse');
  await look(page);
  assert.deepEqual(failed, []);
});
