import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { startService } from './service.js';

let service, browser, context, page, agent;
const requests = new Set();

before(async () => {
  service = await startService();
  browser = await launchBrowser();
  ({ context, page } = await visit(browser, service));
  context.on('request', (request) => requests.add(new URL(request.url()).origin));
});

after(async () => {
  stopAgent('SIGKILL');
  await browser?.close();
  await service?.end();
});

function runInShell(command) {
  agent = spawn('sh', ['-c', command], { detached: true, stdio: 'ignore', cwd: '/tmp' });
}

// The shell, the agent and its sleep are one group.
function stopAgent(signal) {
  if (agent?.exitCode === null && agent.signalCode === null) {
    process.kill(-agent.pid, signal);
  }
  agent = undefined;
}

const row = (name) => page.getByRole('row', { name: new RegExp(name) });
const shown = (locator) => locator.waitFor({ state: 'visible' });
const shellCommand = () => page.getByRole('region', { name: 'Shell command' }).innerText();

test('from an empty database to a connected machine in under a minute', async () => {
  const begun = Date.now();
  await page.getByRole('button', { name: 'Add your first machine' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('build box');
  await page.keyboard.press('Enter');
  await shown(page.getByText('Waiting for the machine…'));

  runInShell(await shellCommand());
  await shown(page.getByText('Connected:'));

  assert.ok(Date.now() - begun < 60_000);
  assert.match(await page.getByRole('dialog').innerText(), /host .+, \/tmp/);
  await page.getByRole('button', { name: 'Done' }).click();
  await shown(row('build box.*Online'));
});

test('an agent that is killed needs attention, and its silence is the reason', async () => {
  stopAgent('SIGKILL');

  await shown(row('build box.*Offline.*fell silent'));
  await page.waitForFunction(() => document.title.startsWith('1 needs attention'));
});

test('a machine is renamed in place, by keyboard alone', async () => {
  await page.getByRole('button', { name: 'build box', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Rename' }).press('Enter');
  await shown(page.getByRole('textbox', { name: 'Name' }).and(page.locator(':focus')));
  await page.keyboard.type('old box');
  await page.keyboard.press('Enter');

  await shown(row('old box'));
  await page.waitForFunction(() => document.activeElement?.textContent === 'Rename');
});

test('a new token takes the machine online again, and an agent that is stopped says goodbye', async () => {
  await page.getByRole('button', { name: 'New token…' }).click();
  await page.getByRole('button', { name: 'Make a new token' }).click();
  runInShell(await shellCommand());
  const copy = page.getByRole('button', { name: 'Copy command' });
  // It says so for a moment only.
  await Promise.all([shown(copy.getByText('Copied')), copy.click()]);
  await page.getByRole('button', { name: 'Done' }).click();
  await shown(row('old box.*Online'));

  stopAgent('SIGTERM');

  await shown(row('old box.*Offline.*disconnected'));
  await page.waitForFunction(() => document.title === 'Machine registry');
});

test('a machine is deleted after its name was typed', async () => {
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('old box');
  await page.keyboard.press('Enter');

  await shown(page.getByRole('heading', { name: 'No machines yet' }));
});

test('nothing came from, or went to, anybody else, and no token is left behind', async () => {
  assert.deepEqual([...requests], [service.url]);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]));
  assert.doesNotMatch(kept + page.url(), /mrs_/);
});

test('the page may load nothing but its own files, and browsers keep those', async () => {
  const { headers } = await fetch(`${service.url}/app/`);
  assert.match(headers.get('content-security-policy'), /default-src 'none'/);
  assert.doesNotMatch(headers.get('content-security-policy'), /unsafe/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
  assert.equal(headers.get('cache-control'), 'no-cache');

  const script = await fetch(await page.locator('script[src]').first().evaluate((element) => element.src));
  assert.match(script.headers.get('cache-control'), /immutable/);
  assert.equal(script.headers.get('content-encoding'), 'gzip');
});
