import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { look } from './look.js';
import { startService } from './service.js';

const FLEET = [
  ['Ada’s laptop', 1],
  ['build box', 3],
  ['ci-runner-1', 4],
  ['ci-runner-2', 4],
  ['ci-runner-10', 2],
  ['edge gateway, Oslo', 0],
  ['GPU node', 12],
  ['nightly build', 0],
];

let service, browser, context, page;

before(async () => {
  service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
  browser = await launchBrowser();
  ({ context, page } = await visit(browser, service));
});

after(async () => {
  await browser?.close();
  await service?.end();
});

/** A page of its own whose stream the test answers. */
async function visitWithStream(answer) {
  const visitor = await visit(browser, service);
  // Requests of a SharedWorker cannot be answered here.
  await visitor.context.addInitScript(() => delete globalThis.SharedWorker);
  await visitor.context.route('**/api/machines/events', answer);
  await visitor.page.reload();
  return visitor;
}

test('empty', async () => {
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  await look(page, 'empty');
});

test('adding a machine', async () => {
  await page.getByRole('button', { name: 'Add your first machine' }).click();
  await look(page);
  await page.keyboard.press('Enter');
  await page.getByText('The name must').waitFor();
  await look(page);
  await page.getByRole('textbox', { name: 'Name' }).fill('lab bench');
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for the machine…').waitFor();
  await look(page, 'token');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close anyway' }).waitFor();
  await look(page);
  await page.getByRole('button', { name: 'Keep open' }).click();
  const command = await page.getByRole('region', { name: 'Shell command' }).innerText();
  const [, token] = /MACHINE_TOKEN=(\S+)/.exec(command);
  await page.getByText('The token alone').click();
  await look(page);
  await asMachine(service, token, 'connect', { hostname: 'lab-1', rootDirectory: '/srv/app' });
  await page.getByText('Connected:').waitFor();
  await look(page, 'connected');
  await asMachine(service, token, 'disconnect');
  await page.getByText('Connected, then offline:').waitFor();
  await look(page);
  await page.getByRole('button', { name: 'Done' }).click();
});

test('the list', async () => {
  const { register } = apiOf(context, service);
  for (const [name, assistantCount] of FLEET) {
    const { token } = await register(name);
    if (name !== 'nightly build') {
      await asMachine(service, token, 'connect', { hostname: name.split(' ')[0], rootDirectory: '/srv/app', os: 'Linux 6.1.0 x86_64', agentVersion: 'agent.sh 1.0', assistantCount });
    }
  }
  await page.getByRole('heading', { name: '9 machines, 7 online' }).waitFor();
  await look(page, 'list');
});

test('nothing found', async () => {
  await page.getByRole('searchbox').fill('no such machine');
  await look(page);
  await page.getByRole('button', { name: 'Show all machines' }).click();
});

test('details', async () => {
  await page.getByRole('button', { name: 'build box', exact: true }).click();
  await page.getByRole('region', { name: 'Details of build box' }).getByText('agent.sh 1.0').first().waitFor();
  await look(page, 'details');
  await page.getByRole('button', { name: 'Rename' }).click();
  await look(page);
  await page.keyboard.press('Escape');
});

for (const [button, close] of [['New token…', 'Cancel'], ['Delete…', 'Cancel'], ['Sign out', 'Stay']]) {
  test(`the dialog of ${button}`, async () => {
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('dialog').waitFor();
    await look(page);
    await page.getByRole('button', { name: close }).click();
    await page.waitForFunction((text) => document.activeElement?.textContent === text, button);
  });
}

test('a name as long as a name may be', async () => {
  await apiOf(context, service).register('W'.repeat(100));
  await page.getByRole('combobox', { name: 'Go to machine' }).fill('www');
  await page.getByRole('option', { name: 'WWW' }).waitFor();
  await look(page);
  await page.getByRole('option', { name: 'WWW' }).click();
  await page.getByRole('heading', { name: 'WWW' }).waitFor();
  await look(page);
  for (const button of ['New token…', 'Delete…']) {
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('dialog').waitFor();
    await look(page);
    await page.keyboard.press('Escape');
  }
});

test('loading', async () => {
  const { page: waiting, context: own } = await visitWithStream(() => undefined);
  await waiting.getByText('Loading your machines…').waitFor({ state: 'attached' });
  await look(waiting);
  await own.close();
});

test('failed to load, and reconnecting', async () => {
  let answers = 0;
  const snapshot = JSON.stringify([{ machineId: 'a-machine-of-mine', name: 'build box', status: 'online', lastSeen: 1, assistantCount: 0, offlineReason: null }]);
  const { page: failing, context: own } = await visitWithStream((route) =>
    answers-- > 0 ? route.fulfill({ contentType: 'text/event-stream', body: `event: snapshot\ndata: ${snapshot}\n\n` }) : route.abort(),
  );
  await failing.getByRole('heading', { name: 'The list cannot be loaded.' }).waitFor();
  await look(failing, 'error');
  // Not before: the page tries by itself too, and takes the button away when that goes well.
  await failing.getByRole('button', { name: 'Try now' }).click();
  answers = 1;
  await failing.getByRole('row', { name: /build box/ }).waitFor();
  await failing.getByText(/Not live since/).waitFor();
  await look(failing, 'reconnecting');
  await own.close();
});

test('signed out', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await look(page);
});
