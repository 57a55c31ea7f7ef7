import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { asMachine } from './fleet.js';
import { startPrefixProxy } from './prefixProxy.js';
import { startService } from './service.js';

const PREFIX = '/tools/app/registry';
const ways = [
  { name: 'a path that the proxy takes off, and nobody told of', keeps: false, isTold: false },
  { name: 'a path that the proxy takes off', keeps: false, isTold: true },
  { name: 'a path that the proxy leaves on', keeps: true, isTold: true },
];

for (const { name, keeps, isTold } of ways) {
  describe(`below ${name}`, () => {
    let proxy, service, browser, context, page;
    const elsewhere = [];
    const failed = [];

    before(async () => {
      proxy = await startPrefixProxy(PREFIX, { keeps });
      service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m', ...(isTold && { 'service.url': proxy.url }) });
      proxy.leadTo(service);
      browser = await launchBrowser();
      ({ context, page } = await visit(browser, { url: 'about:blank#' }));
      context.on('request', (request) => request.url().startsWith(`${proxy.url}/`) || elsewhere.push(request.url()));
      context.on('response', (response) => response.status() < 400 || failed.push(`${response.status()} ${response.url()}`));
      page.on('pageerror', (error) => failed.push(String(error)));
    });

    after(async () => {
      await browser?.close();
      await service?.end();
      await proxy?.end();
    });

    test('the page opens, with all that it needs', async () => {
      await page.goto(`${proxy.url}/`);
      await page.getByRole('heading', { name: 'No machines yet' }).waitFor();

      assert.equal(page.url(), `${proxy.url}/app/`);
      await page.waitForFunction(() => document.querySelector('h1 img').naturalWidth > 0);
    });

    test('a machine that is added here is given this address, and shows when it connects', async () => {
      await page.getByRole('button', { name: 'Add your first machine' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('build box');
      await page.keyboard.press('Enter');
      const command = await page.getByRole('region', { name: 'Shell command' }).innerText();
      assert.ok(command.includes(`curl -fsSL ${proxy.url}/agent.sh `), command);

      await asMachine(proxy, /MACHINE_TOKEN=(\S+)/.exec(command)[1], 'connect', { hostname: 'b7' });
      await page.getByText('Connected:').waitFor();
      await page.getByRole('button', { name: 'Done' }).click();

      await page.getByRole('row', { name: /build box.*Online/ }).waitFor();
    });

    test('a link to a machine opens it, also after a reload', async () => {
      await page.getByRole('button', { name: 'build box', exact: true }).click();
      await page.reload();

      await page.getByRole('button', { name: 'Rename' }).waitFor();
      await page.getByText('b7').first().waitFor();
    });

    test('the cookie is that of this path, where it is known', async () => {
      const cookies = await context.cookies(`${proxy.url}/app/`);

      assert.deepEqual(cookies.map(({ path }) => path), [isTold ? PREFIX : '/']);
    });

    test('the page says so where the service does not know the path', async () => {
      const notice = page.getByText(`You came to ${proxy.url}, and the service saw`);
      if (isTold) {
        assert.equal(await notice.count(), 0);
      } else {
        await notice.waitFor();
      }
    });

    test('nothing was asked of any other path, and nothing failed', () => {
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(failed, []);
    });
  });
}
