import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { launchBrowser, visit } from './browser.js';
import { startService } from './service.js';

const README = resolve(import.meta.dirname, '../../../README.md');
const AS_PRINTED = 'http://localhost:8080';
const LAST_LINE = '/api/sessions/recovery';

let service, browser;

before(async () => {
  service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await service?.end();
});

/** The README's lines for a program, up to the one that makes a link, as one shell runs them. */
async function linesUpToTheLink() {
  const [, section] = (await readFile(README, 'utf8')).split('## The same from a program\n');
  const lines = [...section.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block.trimEnd().split('\n'));
  const last = lines.findIndex((line) => line.endsWith(LAST_LINE));
  assert.ok(last > 0, 'The README makes no link');
  return lines.slice(0, last + 1).join('\n').replaceAll(AS_PRINTED, service.url);
}

test('the link of the README\'s lines shows the machine that they made, whoever was here before', async () => {
  const { page } = await visit(browser, service);
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();

  const { stdout } = await promisify(execFile)('sh', ['-euc', await linesUpToTheLink()]);
  const [, link] = /"url":"([^"]+)"/.exec(stdout);
  await page.goto(link);

  await page.getByRole('row', { name: /build box.*Online/ }).waitFor();
  assert.equal(new URL(page.url()).hash, '');
  await page.getByRole('button', { name: 'build box', exact: true }).click();
  await page.getByText('build-7').first().waitFor();
});
