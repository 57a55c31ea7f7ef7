import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { look } from './look.js';
import { startService } from './service.js';

const LONGEST_WAIT = 60_000;
let service, browser, directory, agent, link;
let said = '';

before(async () => {
  service = await startService();
  browser = await launchBrowser();
  directory = await mkdtemp(join(tmpdir(), 'machine-registry-claim-'));
  await writeFile(join(directory, 'agent.sh'), await (await fetch(`${service.url}/agent.sh`)).text());
  // Whoever runs the tests, the agent's own file is below this home.
  await writeFile(join(directory, 'id'), '#!/bin/sh\necho 1000\n', { mode: 0o755 });
});

after(async () => {
  agent?.kill('SIGKILL');
  await browser?.close();
  await service?.end();
  await rm(directory, { recursive: true, force: true });
});

/** Resolves when the agent has said it. */
async function hears(words) {
  const signal = AbortSignal.timeout(LONGEST_WAIT);
  while (!words.test(said)) {
    await Promise.race([once(agent.stderr, 'data', { signal }).catch(() => assert.fail(`The agent has not said ${words}:\n${said}`)), once(agent, 'exit').then(() => assert.fail(`The agent ended:\n${said}`))]);
  }
  return words.exec(said);
}

test('an agent without a token prints a link', async () => {
  agent = spawn('sh', ['agent.sh'], { cwd: directory, env: { PATH: `${directory}:${process.env.PATH}`, HOME: directory } });
  agent.stderr.on('data', (text) => (said += text));

  link = (await hears(/^ *(\S+#claim=\S+)$/m))[1];

  assert.ok(link.startsWith(`${service.url}/app#claim=`), link);
});

test('whoever opens it compares it, names the machine, and sees it come online', async () => {
  const { page } = await visit(browser, { url: 'about:blank#' });
  await page.goto(link);
  const dialog = page.getByRole('dialog', { name: 'Claim a machine' });
  const [, machineId, hash] = /#claim=(.*)\.(.*)$/.exec(link);
  const [shown] = await hears(/^ *machine {2}(.*)\n *hash {5}(.*)$/m);
  for (const text of [machineId, hash]) {
    const inFours = text.replace(/.{4}(?=.)/g, '$& ');
    assert.ok(shown.includes(inFours), shown);
    await dialog.getByText(inFours, { exact: true }).waitFor();
  }
  await look(page);

  await dialog.getByRole('textbox', { name: 'Name' }).fill('build box');
  await page.keyboard.press('Enter');

  await dialog.getByText('Connected:').waitFor();
  await look(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('row', { name: /build box.*Online/ }).waitFor();
  await page.waitForFunction(() => location.hash === '');
  await hears(/online as build box/);

  await page.goto(link);
  await dialog.getByText('This machine is in your list already').waitFor();
});

test('somebody else is told that it is claimed', async () => {
  const { page } = await visit(browser, { url: 'about:blank#' });
  await page.goto(link);
  const dialog = page.getByRole('dialog', { name: 'Claim a machine' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('mine');

  await page.keyboard.press('Enter');

  await dialog.getByText('Somebody else has claimed this machine already.').waitFor();
  await look(page);
});
