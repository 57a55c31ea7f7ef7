import { test } from 'node:test';

import { asMachine } from './fleet.js';
import { look } from './look.js';
import { row, watchMachine } from './watchedMachine.js';

const AN_HOUR = 3_600_000;

const here = watchMachine();

const databaseAway = (page) => page.getByText(/^The service cannot reach its database\. Status as of/);

test('a database that is away shows in all tabs, also in one that is opened then', async () => {
  const { context, page, proxy } = here;
  proxy.say('away', { since: Date.now() });
  await databaseAway(page).waitFor();
  const later = await context.newPage();
  await later.goto(`${proxy.url}/app/`);

  for (const tab of [page, later]) {
    await databaseAway(tab).waitFor();
    await row(tab, 'Was online.*as of').waitFor();
  }
  await look(page, 'away');

  proxy.say('back', { now: Date.now() });
  for (const tab of [page, later]) {
    await row(tab, 'Online.*for ').waitFor();
  }
});

test('the dialog of a new machine does not claim to know while the database is away', async () => {
  const { page, proxy } = here;
  await page.getByRole('button', { name: 'Add machine' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('lab bench');
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for the machine…').waitFor();

  proxy.say('away', { since: Date.now() });

  await page.getByText('Whether the machine has connected cannot be known now.').waitFor();
  await look(page);
});

test('a browser whose clock is an hour ahead shows how long a machine is offline by the clock of the service', async () => {
  const { context, machine, page, service } = here;
  await asMachine(service, machine.token, 'disconnect');
  await row(page, 'Offline').waitFor();

  await context.addInitScript(() => delete globalThis.SharedWorker);
  await context.addInitScript((ahead) => {
    const now = Date.now;
    Date.now = () => now() + ahead;
  }, AN_HOUR);
  await page.reload();

  await row(page, 'for (..? seconds?|. minutes?)').waitFor();
});

test('details that cannot be loaded say so, and are loaded on demand', async () => {
  const { context, machine, page } = here;
  await page.getByRole('button', { name: 'gateway', exact: true }).click();
  await page.getByText('gw-1').waitFor();
  await context.route(`**/api/machines/${machine.machineId}`, (route) => route.abort());
  await page.reload();
  await page.getByText('The details could not be loaded.').waitFor();
  await look(page);

  await context.unroute(`**/api/machines/${machine.machineId}`);
  await page.getByRole('button', { name: 'Try again' }).click();

  await page.getByText('gw-1').waitFor();
});

test('a token that two hosts use is warned of', async () => {
  const { context, page, proxy, service } = here;
  const [entry] = await (await context.request.get(`${service.url}/api/machines`)).json();

  proxy.say('machine', { ...entry, sharedBy: ['build-7', 'build-9'] });

  await page.getByRole('row', { name: /2 hosts use this token: build-7, build-9/ }).waitFor();
  await look(page);
  await page.getByRole('button', { name: 'gateway', exact: true }).click();
  await page.getByText('2 hosts use this token: build-7, build-9.').waitFor();
  await look(page, 'shared');
});
