import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { look } from './look.js';
import { startService, until } from './service.js';

// What machines and their owner bring the page to, when all goes well.
const MOST_LABELS = 32;

let service, browser, page, api;

before(async () => {
  service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
  browser = await launchBrowser();
  let context;
  ({ context, page } = await visit(browser, service));
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  api = apiOf(context, service);
});

after(async () => {
  await browser?.close();
  await service?.end();
});

const button = (name, where = page) => where.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const row = (name) => page.getByRole('row', { name: new RegExp(name) });
const machineAt = ({ machineId }) => `/app/#/machines/${machineId}`;

/** Shows another place of the page; an address that differs in its fragment alone would be no new page. */
async function goTo(path) {
  await page.goto('about:blank');
  await page.goto(service.url + path);
}

describe('a machine', () => {
  let machine;

  before(async () => {
    machine = await api.register('GPU node', { labels: { env: 'prod', rack: '7', spare: '' } });
    await asMachine(service, machine.token, 'connect', {
      hostname: 'gpu-1',
      rootDirectory: '/srv/models',
      os: 'Linux 6.1.0 x86_64',
      arch: 'x86_64',
      user: 'build',
      agentVersion: 'agent.sh 0.9',
      metadata: { rack: 'b2', disks: ['sda', 'sdb'], bench: { score: 1.5 } },
      assistants: ['idle', 'busy', 'starting', 'failed', 'busy', 'idle', 'busy', 'idle'].map((state, index) => ({
        id: `a${index}`,
        state,
        ...(index % 2 === 0 && { name: `reviewer ${index}`, model: 'opus', version: '4.1', directory: '/srv/models/review' }),
      })),
    });
    await goTo(machineAt(machine));
  });

  test('its assistants, its metadata, and an older agent', async () => {
    await page.getByRole('region', { name: 'Assistants' }).waitFor();
    await page.getByText('Metadata').click();
    await page.getByText(/is there: how to update/).click();
    await look(page);

    await page.getByRole('combobox', { name: 'Go to assistant' }).selectOption({ label: 'a7 (idle)' });
    await page.locator('li[aria-current=true]').waitFor();
    await look(page);
  });

  test('asked whether it is there, which it cannot be', async () => {
    await button('Is it really there?').click();
    await page.getByText(/^It cannot be asked\./).waitFor();
    await look(page);
  });

  test('its labels as they are changed', async () => {
    await button('Edit labels').click();
    await button('Add a label').click();
    await page.getByRole('textbox', { name: 'Key 4' }).fill('machine.os');
    await page.keyboard.press('Enter');
    await page.getByText('No key begins with machine.').waitFor();
    await look(page);
    await button('Cancel').click();
  });

  test('told of when it is down, though nobody would be told, and removed when it is gone', async () => {
    await page.getByRole('combobox', { name: 'Tell when offline for' }).selectOption('5 minutes');
    await page.getByText('Nobody is told yet').waitFor();
    await page.getByRole('combobox', { name: 'Remove when offline for' }).selectOption('7 days');
    await asMachine(service, machine.token, 'disconnect');
    await page.getByText(/removed in 7 days unless it comes back/).first().waitFor();
    await page.getByText('History', { exact: true }).click();
    await page.getByRole('list', { name: 'Changes, the newest first' }).waitFor();
    await look(page);
  });
});

describe('a new token', () => {
  let machine;

  before(async () => {
    machine = await api.register('gateway');
    await asMachine(service, machine.token, 'connect', { hostname: 'gw-1' });
    await goTo(machineAt(machine));
    await row('gateway.*Online').waitFor();
  });

  const tokenShown = async () => /MACHINE_TOKEN=(\S+)/.exec(await page.getByRole('region', { name: 'Shell command' }).innerText())[1];

  test('shown once, while the machine has its old one', async () => {
    await button('New token…').click();
    await button('Make a new token').click();
    await dialog().getByText('It keeps its old token until you run the command.').waitFor();
    machine.token = await tokenShown();
    await look(page);

    for (const tab of ['Service', 'curl', 'Windows']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('region', { name: `${tab} command` }).waitFor();
      await look(page);
    }
  });

  test('waited for, and taken by a machine that connects again', async () => {
    await asMachine(service, machine.token, 'disconnect');
    await dialog().getByText('The machine is offline. Waiting for it to connect…').waitFor();
    await look(page);

    await asMachine(service, machine.token, 'connect', { hostname: 'gw-1' });
    await dialog().getByText('The machine has connected again.').waitFor();
    await look(page);
  });

  test('that would be lost', async () => {
    await page.keyboard.press('Escape');
    await dialog().getByText('You have not copied the token').waitFor();
    await look(page);
    await button('Close anyway').click();
  });

  test('in the place of one that ends at once', async () => {
    await button('New token…').click();
    await dialog().getByRole('checkbox').check();
    await look(page);

    await button('Make a new token').click();
    await dialog().getByText('The old token has ended. Waiting for the machine').waitFor();
    machine.token = await tokenShown();
    await look(page);

    await asMachine(service, machine.token, 'connect', { hostname: 'gw-1' });
    // Whoever was heard within two seconds may have used the old one.
    await until(() => 'the page tells that the machine has its new token', async () => {
      await asMachine(service, machine.token, 'heartbeat');
      return dialog().getByText('The machine uses the new token.').isVisible();
    });
    await look(page);
    await button('Copy command').click();
    await button('Done').click();
  });
});

describe('many machines', () => {
  before(async () => {
    const full = Object.fromEntries(Array.from({ length: MOST_LABELS }, (_, index) => [`label-${index}`, 'x']));
    await api.registerMany([...['web 1', 'web 2', 'web 3'].map((name) => ({ name, labels: { env: 'test' } })), { name: 'web 4', labels: full }]);
  });

  beforeEach(async () => {
    await goTo('/app/#/machines?q=web&sort=name');
    await row('web 4').waitFor();
  });

  const choose = async (...names) => {
    for (const name of names) {
      await page.getByRole('checkbox', { name: `Choose ${name}` }).check();
    }
  };

  test('some chosen, to have a label set or taken away', async () => {
    await choose('web 1', 'web 2');
    await look(page);

    await button('Labels…').click();
    await button('Set it on 2 machines').click();
    await dialog().getByText('A key has 1 to 63').waitFor();
    await look(page);

    await dialog().getByRole('radio', { name: 'Take a label away' }).check();
    await look(page);
    await button('Cancel').click();
  });

  test('a label that not all of them have room for', async () => {
    await choose('web 1', 'web 4');
    await button('Labels…').click();
    await dialog().getByRole('combobox', { name: 'Key' }).fill('wave');
    await dialog().getByRole('textbox', { name: 'Value' }).fill('1');
    await button('Set it on 2 machines').click();
    await dialog().getByText(/^Done with 1 machine; it failed with 1:/).waitFor();
    await look(page);
    await button('Leave it at that').click();
  });

  test('all that match, to be told of', async () => {
    await page.getByRole('checkbox', { name: 'Choose all 4 that match' }).check();
    await page.getByText('All 4 machines that match chosen').waitFor();
    await look(page);

    await button('Tell after…').click();
    await dialog().getByRole('combobox', { name: 'Tell when offline for' }).waitFor();
    await look(page);
    await button('Cancel').click();
  });

  test('some to be deleted', async () => {
    await choose('web 2', 'web 3');
    await page.getByRole('region', { name: 'Chosen machines' }).getByRole('button', { name: 'Delete…' }).click();
    await dialog().getByRole('heading', { name: 'Delete 2 machines?' }).waitFor();
    await look(page);
    await button('Cancel').click();
  });

  test('in groups of a label that a link asks for, and no machine has', async () => {
    await goTo('/app/#/machines?q=web&group=floor');
    await row('web 4').waitFor();
    await look(page);
  });
});

describe('a machine that prints a link', () => {
  const claim = `${randomBytes(12).toString('base64url')}.${randomBytes(32).toString('base64url')}`;

  test('which somebody copied without its end', async () => {
    await goTo(`/app#claim=${claim.slice(0, -3)}`);
    await dialog().getByRole('heading', { name: 'This link is not whole' }).waitFor();
    await look(page);
  });

  test('and is named without a name', async () => {
    await goTo(`/app#claim=${claim}`);
    await dialog().getByRole('textbox', { name: 'Name' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByText(/^The name must/).waitFor();
    await look(page);
  });

  test('and is claimed, before it comes', async () => {
    await dialog().getByRole('textbox', { name: 'Name' }).fill('lab bench');
    await page.keyboard.press('Enter');
    await dialog().getByText('Waiting for the machine…').waitFor();
    await look(page);
  });

  test('and is somebody\'s own already', async () => {
    await goTo(`/app#claim=${claim}`);
    await dialog().getByText('This machine is in your list already').waitFor();
    await look(page);
    await button('Done').click();
  });

  test('which the form for a new machine tells of', async () => {
    await button('Add machine').click();
    await page.getByText('Or begin at the machine').click();
    await look(page);
    await button('Cancel').click();
  });
});
