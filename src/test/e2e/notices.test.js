import { after, before, test } from 'node:test';

import { ELSEWHERE, launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { look } from './look.js';
import { startService } from './service.js';

let service, addressed, browser;

before(async () => {
  [service, addressed] = await Promise.all([
    startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' }),
    startService({ 'service.url': 'http://registry.example.org' }),
  ]);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await Promise.all([service?.end(), addressed?.end()]);
});

const at = ({ url }) => ({ url: url.replace('localhost', ELSEWHERE) });

test('a machine that flaps, and its history', async () => {
  const { context, page } = await visit(browser, service);
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  const { token } = await apiOf(context, service).register('build box');
  for (const action of ['connect', 'disconnect', 'connect', 'disconnect', 'connect']) {
    await asMachine(service, token, action, action === 'connect' ? { hostname: 'b7' } : undefined);
  }
  await page.getByRole('row', { name: /build box flapping/ }).waitFor();
  await page.getByRole('radio', { name: 'Flapping 1' }).check();
  await look(page);
  await page.getByRole('button', { name: 'build box' }).click();
  await page.getByText(/^Flapping: it changed five times/).waitFor();
  await page.getByText('History').click();
  await page.getByRole('img', { name: /^Last 7 days: .*Nothing is known of 6 days\.$/ }).waitFor();
  await page.getByRole('list', { name: 'Changes, the newest first' }).waitFor();
  await look(page);
});

test('a page that came over plain http', async () => {
  const { page } = await visit(browser, at(service));
  await page.getByText(/This page came over plain http/).waitFor();
  await look(page);
});

test('a page at an address that the service does not know', async () => {
  const { headers } = await fetch(`${addressed.url}/api/sessions`, { method: 'POST' });
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(headers.get('Set-Cookie'));
  const { context, page } = await visit(browser, { url: 'about:blank#' });
  await context.addCookies([{ name, value, url: at(addressed).url }]);
  // Else it would start a session, which nobody can there.
  await context.addInitScript(() => localStorage.setItem('session.lifetime', '86400000'));

  await page.goto(`${at(addressed).url}/app/`);

  await page.getByText(/You came to/).waitFor();
  await look(page);
});

test('too many requests at the start', async () => {
  const { page, context } = await visit(browser, { url: 'about:blank#' });
  const problem = { type: 'about:blank', title: 'Too Many Requests', status: 429, detail: 'Too many sessions were started from here.' };
  await context.route('**/api/sessions', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '300' }, json: problem }));

  await page.goto(service.url);

  await page.getByRole('heading', { name: 'Too many requests' }).waitFor();
  await look(page);
});

test('a service that is gone', async () => {
  const { page } = await visit(browser, service);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();

  await service.stop();
  await page.getByRole('button', { name: 'Start a new session' }).click();

  await page.getByRole('heading', { name: 'The service cannot be reached' }).waitFor();
  await look(page);
});
