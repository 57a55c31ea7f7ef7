import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { sessionOf } from './account.js';
import { launchBrowser, visit } from './browser.js';
import { asMachine } from './fleet.js';
import { startNginx, withoutNginx } from './nginx.js';
import { startService } from './service.js';

describe('behind nginx with TLS', { skip: withoutNginx }, () => {
  let proxy, service, browser, context, page;
  const elsewhere = [];
  const failed = [];

  before(async () => {
    proxy = await startNginx('nginx-host');
    service = await startService({ 'service.url': proxy.url, 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
    await proxy.leadTo(service);
    browser = await launchBrowser([`--ignore-certificate-errors-spki-list=${proxy.authorityKeyHash}`]);
    ({ context, page } = await visit(browser, { url: 'about:blank#' }));
    context.on('request', (request) => request.url().startsWith(`${proxy.url}/`) || elsewhere.push(request.url()));
    context.on('response', (response) => response.status() < 400 || failed.push(`${response.status()} ${response.url()}`));
    page.on('console', (message) => message.type() !== 'error' || failed.push(message.text()));
    page.on('pageerror', (error) => failed.push(String(error)));
  });

  after(async () => {
    await browser?.close();
    await service?.end();
    await proxy?.end();
  });

  test('a browser that does not know the authority goes no further', async () => {
    const stranger = await launchBrowser();
    try {
      await assert.rejects(visit(stranger, proxy), /ERR_CERT_AUTHORITY_INVALID/);
    } finally {
      await stranger.close();
    }
  });

  test('the page opens, says nothing of the address, and has a cookie that only this host can set', async () => {
    await page.goto(`${proxy.url}/`);
    await page.getByRole('heading', { name: 'No machines yet' }).waitFor();

    assert.equal(page.url(), `${proxy.url}/app/`);
    assert.equal(await page.getByText(/plain http|You came to/).count(), 0);
    const cookies = await context.cookies();
    assert.deepEqual(
      cookies.map(({ name, domain, path, secure, httpOnly, sameSite }) => ({ name, domain, path, secure, httpOnly, sameSite })),
      [{ name: '__Host-machine_registry', domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }],
    );
  });

  test('a machine that is added shows its command for this address, and turns green over the stream', async () => {
    await page.getByRole('button', { name: 'Add your first machine' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('build box');
    await page.keyboard.press('Enter');
    const command = await page.getByRole('region', { name: 'Shell command' }).innerText();
    assert.ok(command.includes(`curl -fsSL ${proxy.url}/agent.sh `), command);

    await asMachine(service, /MACHINE_TOKEN=(\S+)/.exec(command)[1], 'connect', { hostname: 'b7' });
    await page.getByText('Connected:').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();

    await page.getByRole('row', { name: /build box.*Online/ }).waitFor();
  });

  test('the session is there after a reload, and signing out takes the cookie away', async () => {
    await page.reload();
    await page.getByRole('row', { name: /build box.*Online/ }).waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();

    assert.deepEqual(await context.cookies(), []);
  });

  test('operators\' pages are kept back', async () => {
    for (const path of ['/q/health', '/q/health/ready', '/q/metrics']) {
      assert.equal((await context.request.get(proxy.url + path, { ignoreHTTPSErrors: true })).status(), 404, path);
    }
  });

  test('nothing was asked of any other address, and nothing failed', () => {
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(failed, []);
  });
});

describe('behind nginx, a session of so many teams that it just fits in a cookie', { skip: withoutNginx }, () => {
  const ADA = { id: 'ada', name: 'Ada Lovelace', teams: Array.from({ length: 69 }, (_, index) => `team-${100 + index}-of-a-large-organisation`) };
  let service, usual, wide, browser;

  before(async () => {
    [usual, wide] = await Promise.all([startNginx('nginx-host'), startNginx('nginx-host', 'proxy_buffer_size 8k;')]);
    service = await startService({ 'service.url': usual.url, 'service.additional-urls': wide.url });
    await Promise.all([usual.leadTo(service), wide.leadTo(service)]);
    browser = await launchBrowser([`--ignore-certificate-errors-spki-list=${usual.authorityKeyHash},${wide.authorityKeyHash}`]);
  });

  after(async () => {
    await browser?.close();
    await service?.end();
    await Promise.all([usual?.end(), wide?.end()]);
  });

  async function comeTo({ url }) {
    const { context, page } = await visit(browser, { url: 'about:blank#' });
    await context.addCookies([{ name: '__Host-machine_registry', value: await sessionOf(service, ADA), url, secure: true }]);
    await page.goto(`${url}/`);
    return page;
  }

  test('does not pass with the buffer that nginx has by itself, and the page says what nginx said', async () => {
    const page = await comeTo(usual);

    await page.getByText('The service answered with 502').waitFor();
  });

  test('passes with the buffer that the documentation names', async () => {
    const page = await comeTo(wide);

    await page.getByRole('button', { name: 'Account' }).waitFor();
  });
});
