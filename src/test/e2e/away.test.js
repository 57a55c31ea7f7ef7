import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { look } from './look.js';
import { startService } from './service.js';

const TWO_HOURS = 7_200_000;

let service, browser;

before(async () => {
  service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await service?.end();
});

/** Sets back when the person looked last, while no page of theirs is open. */
async function passTime(context, millis) {
  const tab = await context.newPage();
  await tab.goto(`${service.url}/app/icon.svg`);
  await tab.evaluate((passed) => {
    const looks = JSON.parse(localStorage.getItem('looked'));
    localStorage.setItem('looked', JSON.stringify(looks.map(([person, { at, change }]) => [person, { at: at - passed, change }])));
  }, millis);
  await tab.close();
}

/** Ends when the page has noted that somebody looks, and so has told what it had to tell: what it does not show by then it never does. */
async function reopen(context) {
  const page = await context.newPage();
  await page.goto(`${service.url}/app/`);
  await page.getByRole('row', { name: /edge 1/ }).waitFor();
  await page.waitForFunction((since) => JSON.parse(localStorage.getItem('looked'))[0][1].at > since, Date.now() - TWO_HOURS / 2);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return page;
}

const told = (page) => page.getByText(/^While you were away/);

test('whoever reopens the page is told what changed meanwhile, once', async () => {
  const { context, page } = await visit(browser, service);
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  const machines = new Map();
  for (const name of ['edge 1', 'edge 2', 'edge 3', 'edge 4', 'gateway']) {
    machines.set(name, await apiOf(context, service).register(name));
  }
  const edges = ['edge 1', 'edge 2', 'edge 3', 'edge 4'].map((name) => machines.get(name).token);
  await Promise.all(edges.map((token) => asMachine(service, token, 'connect', {})));
  await page.getByRole('heading', { name: '5 machines, 4 online' }).waitFor();
  assert.equal(await told(page).count(), 0);
  await page.close();

  await Promise.all(edges.map((token) => asMachine(service, token, 'disconnect')));
  await asMachine(service, machines.get('gateway').token, 'connect', {});
  await passTime(context, TWO_HOURS);
  const again = await reopen(context);

  await told(again).waitFor();
  assert.match(
    await told(again).innerText(),
    /^While you were away \(2 hours\): 4 machines went offline; gateway came online\.\s+These 4 went within the same five seconds, at .*: edge \d, edge \d, edge \d and 1 more\.$/,
  );
  await look(again);
  await again.getByRole('link', { name: '4 machines went offline' }).click();
  await again.getByRole('radio', { name: 'Offline 4', checked: true }).waitFor();
  await again.getByRole('link', { name: 'gateway' }).click();
  await again.getByRole('region', { name: 'Details of gateway' }).waitFor();
  await again.getByRole('button', { name: 'Dismiss' }).click();
  assert.equal(await told(again).count(), 0);
  await again.close();

  await passTime(context, TWO_HOURS);
  const third = await reopen(context);
  assert.equal(await told(third).count(), 0);
  await third.close();

  await asMachine(service, machines.get('gateway').token, 'disconnect');
  await passTime(context, TWO_HOURS);
  const fourth = await reopen(context);
  assert.equal(await told(fourth).innerText().then((text) => text.trim()), 'While you were away (2 hours): gateway went offline.');
});
