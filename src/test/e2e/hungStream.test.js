import assert from 'node:assert/strict';
import { test } from 'node:test';

import { apiOf } from './fleet.js';
import { row, watchMachine } from './watchedMachine.js';

const STREAM = /events$/;
// The watchdog of the page waits for 35 seconds.
const NOTICED = { timeout: 90_000 };
// It may have asked in vain a moment before, and waits longer each time.
const COMES_BACK = { timeout: 105_000 };

const here = watchMachine();

const notLive = (page) => page.getByText(/^Not live since/);

/** From now on the browser has no SharedWorker. */
async function loseWorker() {
  const { context, page } = here;
  await context.addInitScript(() => delete globalThis.SharedWorker);
  await page.reload();
  await row(page).waitFor();
}

for (const [kind, prepare] of [['shared by tabs', () => undefined], ['of one tab', loseWorker]]) {
  test(`a stream ${kind} that passes no bytes any more shows as not live, and the page comes back by itself`, async () => {
    const { context, page, proxy, service } = here;
    await prepare();

    proxy.stall();
    await apiOf(context, service).register('late comer');
    await notLive(page).waitFor(NOTICED);
    await row(page, 'Was online.*as of').waitFor();
    await page.getByRole('heading', { name: /1 machine, 1 online as of/ }).waitFor();
    proxy.resume();

    await notLive(page).waitFor({ state: 'hidden', ...COMES_BACK });
    await row(page, 'Online.*for ').waitFor();
    await page.getByRole('row', { name: /late comer/ }).waitFor();
  });
}

test('a worker that ends without a word is noticed, and another takes its place', async () => {
  const { browser, context, page, proxy, service } = here;
  const devTools = await browser.newBrowserCDPSession();
  const { targetInfos } = await devTools.send('Target.getTargets', { filter: [{ type: 'shared_worker' }] });
  const { targetId } = targetInfos.find(({ url }) => url.startsWith(proxy.url));

  await devTools.send('Target.closeTarget', { targetId });
  await apiOf(context, service).register('late comer');

  await page.getByRole('row', { name: /late comer/ }).waitFor(NOTICED);
  await notLive(page).waitFor({ state: 'hidden' });
});

test('a stream that hangs before it is open is given up', async () => {
  const { page, proxy } = here;
  proxy.stall(STREAM);
  await Promise.all([proxy.hasHung(), page.reload()]);
  await page.getByText('Loading your machines…').waitFor({ state: 'attached' });

  proxy.resume();

  await row(page).waitFor(COMES_BACK);
});

test('a stream on which nothing happens is kept', async () => {
  const { page, proxy } = here;
  await page.evaluate(() => {
    globalThis.saidNotLive = false;
    const look = () => (globalThis.saidNotLive ||= document.body.innerText.includes('Not live'));
    new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
  });

  await proxy.sent('alive', 5);

  assert.equal(await page.evaluate(() => globalThis.saidNotLive), false);
  assert.equal(proxy.opened(), 1);
});
