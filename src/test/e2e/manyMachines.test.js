import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf } from './fleet.js';
import { look, overprinted, resize } from './look.js';
import { startService } from './service.js';

let service, browser, context, page, home, api;
const agents = [];

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'machine-registry-fleet-'));
  service = await startService();
  browser = await launchBrowser();
  ({ context, page } = await visit(browser, service));
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  api = apiOf(context, service);
  await api.registerMany(['web 1', 'web 2', 'web 3'].map((name) => ({ name, labels: { env: 'prod', zone: 'eu-west-1a', team: 'storefront' } })));
  await api.registerMany(['lab 1', 'lab 2'].map((name) => ({ name, labels: { env: 'test' } })));
  await api.register('bare metal');
});

after(async () => {
  agents.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).forEach(({ pid }) => process.kill(-pid, 'SIGKILL'));
  await browser?.close();
  await service?.end();
  await rm(home, { recursive: true, force: true });
});

beforeEach(async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('about:blank');
  await page.goto(`${service.url}/app/`);
  await row('bare metal').waitFor();
});

const row = (name) => page.getByRole('row', { name: new RegExp(name) });
const box = (name) => page.getByRole('checkbox', { name: `Choose ${name}` });
const bar = () => page.getByRole('region', { name: 'Chosen machines' });
const rows = (count) => page.waitForFunction((wanted) => document.querySelectorAll('[data-machine-id]').length === wanted, count);

/** The shell, the agent and its sleep are one group. */
function runInShell(command, more) {
  agents.push(spawn('sh', ['-c', command], { detached: true, stdio: 'ignore', cwd: home, env: { ...process.env, ...more } }));
}

test('a chip filters the list, is in the address after a reload, and is taken away', async () => {
  await look(page);
  await row('web 1').getByRole('button', { name: 'env=prod' }).click();
  await rows(3);
  await look(page);
  await page.reload();
  await rows(3);

  await page.getByRole('button', { name: 'env=prod: take this filter away' }).click();

  await rows(6);
  assert.equal(new URL(page.url()).hash, '');
});

test('groups have headings with their counts, above their machines', async () => {
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('env');
  await page.getByText('3 machines, 0 online').waitFor();

  const begins = await page.locator('tbody tr').evaluateAll((all) => all.map(({ textContent }) => textContent.split(' ')[0]));
  assert.deepEqual(begins, ['env=prod', 'web', 'web', 'web', 'env=test', 'lab', 'lab', 'without', 'bare']);
  await look(page);
});

test('at 320 px the bar of what is chosen covers nothing that has the focus', async () => {
  await resize(page, 320, 568);
  const order = await page.locator('tbody [data-machine-id] th button').allInnerTexts();
  const covered = () => {
    const [focused, bar] = [document.activeElement, document.querySelector('[aria-label="Chosen machines"]')].map((one) => one.getBoundingClientRect());
    return focused.bottom > bar.top && focused.top < bar.bottom;
  };
  const isFocused = (label) => page.waitForFunction((wanted) => document.activeElement.getAttribute('aria-label') === wanted, `Choose ${label}`);

  await box(order[0]).focus();
  await page.keyboard.press('Space');
  await bar().waitFor();
  for (const name of order.slice(1)) {
    await page.keyboard.press('ArrowDown');
    await isFocused(name);
    assert.equal(await page.evaluate(covered), false, `${name} is covered`);
  }
  await page.keyboard.press('Home');
  await isFocused(order[0]);
  for (let step = 0; step < order.length; step++) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(covered), false, `after Tab ${step + 1}`);
  }
  await page.getByRole('button', { name: 'Choose none' }).click();
});

for (const width of [320, 768, 1024]) {
  test(`at ${width} px nothing of a labelled row stands over another, and nothing is cut off by the window`, async () => {
    await resize(page, width, 800);

    assert.deepEqual(await page.evaluate(overprinted), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
}

test('labels are changed in the details, and seen in the row at once', async () => {
  await page.getByRole('button', { name: 'bare metal', exact: true }).click();
  await page.getByRole('button', { name: 'Add labels' }).click();
  await page.getByRole('textbox', { name: 'Key 1' }).fill('Rack');
  await page.keyboard.press('Enter');
  await page.getByText('A key has 1 to 63 of a-z 0-9 . _ / -').waitFor();
  await look(page);
  await page.getByRole('textbox', { name: 'Key 1' }).fill('rack');
  await page.getByRole('textbox', { name: 'Value 1' }).fill('7');
  await page.keyboard.press('Enter');

  await row('bare metal').getByRole('button', { name: 'rack=7' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Edit labels');
});

test('machines are chosen by keyboard and by a range, and get a label', async () => {
  await page.goto(`${service.url}/app/#/machines?sort=name`);
  await box('lab 1').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement.ariaLabel === 'Choose lab 2');
  await page.keyboard.press('Shift+Space');
  await bar().getByText('2 machines chosen').waitFor();
  await box('web 2').click({ modifiers: ['Shift'] });
  await bar().getByText('4 machines chosen').waitFor();
  await look(page);

  await bar().getByRole('button', { name: 'Labels…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Labels of 4 machines' });
  await dialog.getByRole('combobox', { name: 'Key' }).fill('wave');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('1');
  await look(page);
  await dialog.getByRole('button', { name: 'Set it on 4 machines' }).click();

  await dialog.waitFor({ state: 'detached' });
  await page.goto(`${service.url}/app/#/machines?label=wave%3D1`);
  await rows(4);
});

test('all that match are deleted at once, and asked for again where there are more by then', async () => {
  await page.goto(`${service.url}/app/#/machines?label=env%3Dprod`);
  await page.getByRole('checkbox', { name: 'Choose all 3 that match' }).check();
  await bar().getByText('All 3 machines that match chosen').waitFor();
  await bar().getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog', { name: 'Delete 3 machines?' }).waitFor();
  await look(page);
  await api.register('web 4', { labels: { env: 'prod' } });
  await page.getByRole('button', { name: 'Delete 3 machines' }).click();

  await page.getByText('Nothing was changed.').waitFor();
  await look(page);
  await page.getByRole('button', { name: 'Delete 4 machines' }).click();

  await page.getByText('No machine here has these labels.').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: '3 machines, 0 online' }).waitFor();
});

test('a fleet comes with its key, from a shell and as in a container, and no more of it after it was revoked', async () => {
  await page.getByRole('button', { name: 'Add machine' }).click();
  await page.getByRole('dialog').waitFor();
  await look(page);
  await page.getByRole('button', { name: 'Add a fleet…' }).click();
  await page.getByRole('textbox', { name: 'Name of the key' }).fill('rack 9');
  await page.getByRole('button', { name: 'Add a label' }).click();
  await page.getByRole('textbox', { name: 'Key 1' }).fill('rack');
  await page.getByRole('textbox', { name: 'Value 1' }).fill('9');
  await look(page);
  await page.getByRole('button', { name: 'Make key' }).click();
  const command = await page.getByRole('region', { name: 'Shell snippet' }).innerText();
  await look(page);

  runInShell(command, { HOME: home });
  await page.getByRole('tab', { name: 'Compose' }).click();
  const compose = await page.getByRole('region', { name: 'Compose snippet' }).innerText();
  const [, start] = /- -c\n\s+- (.+)/.exec(compose);
  const [, key] = /MACHINE_KEY: (\S+)/.exec(compose);
  // Its files are in places of their own, as the container's would be.
  runInShell(start.replaceAll('/tmp/agent.sh', join(home, 'agent.sh')), { MACHINE_KEY: key, MACHINE_TOKEN_FILE: join(home, 'volume/token') });
  await page.waitForFunction(() => document.querySelectorAll('[data-status="online"]').length === 2);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('The key was not copied').waitFor();
  await page.getByRole('button', { name: 'Keep open' }).click();
  await page.getByRole('button', { name: 'Revoke this key' }).click();
  await page.getByText('Revoked: no more machines come with it.').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();

  await page.goto(`${service.url}/app/#/machines?label=rack%3D9`);
  await rows(2);
  const refused = await fetch(`${service.url}/api/agent/enrol`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ machineId: 'too-late-for-this-one', secret: 'Uakgb_J5m9g-0JDMbcJqLJ4kXw2qKc', name: 'late' }),
  });
  assert.equal(refused.status, 401);
});
