import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { overprinted, resize } from './look.js';
import { startService, until } from './service.js';

const MACHINES = 61;
const LONG_NAME = 'integration-runner-eu-west';

let service, browser, context, page, lost;

before(async () => {
  service = await startService({ 'presence.ttl': '3s', 'presence.heartbeat': '1s' });
  browser = await launchBrowser();
  ({ context, page } = await visit(browser, service));
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  const { register } = apiOf(context, service);
  for (let index = 2; index < MACHINES; index++) {
    await register(`box ${index}`);
  }
  await register(LONG_NAME);
  lost = await register('lost box');
  await asMachine(service, lost.token, 'connect', { hostname: 'lab-1', rootDirectory: '/srv' });
  await row('lost box.*Offline.*fell silent').waitFor();
});

after(async () => {
  await browser?.close();
  await service?.end();
});

beforeEach(async () => {
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 800 });
  // An address that differs in its fragment alone would be no new page.
  await page.goto('about:blank');
  await page.goto(`${service.url}/app/`);
  await row('lost box').waitFor();
});

const row = (name) => page.getByRole('row', { name: new RegExp(name) });
const filter = (name) => page.getByRole('radio', { name });

test('a broken machine comes first, is counted in the title, and can be asked for', async () => {
  assert.match(await page.getByRole('row').nth(1).innerText(), /lost box/);
  await page.waitForFunction(() => document.title === '1 needs attention · Machine registry');

  await page.getByText('Needs attention 1', { exact: true }).click();

  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
});

for (const width of [320, 360, 768, 1024, 1440]) {
  test(`at ${width} px no text of a row stands over another`, async () => {
    await resize(page, width, 800);

    assert.deepEqual(await page.evaluate(overprinted), []);
  });
}

test('beside the details names are not cut at 1024 px', async () => {
  await resize(page, 1024, 800);
  const name = page.getByRole('button', { name: LONG_NAME, exact: true });
  await page.getByRole('searchbox', { name: 'Search machines' }).fill('integration');
  await name.click();
  await page.getByRole('button', { name: 'Rename' }).waitFor();

  assert.ok(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
});

test('a button that cannot be pressed looks so under the pointer, too', async () => {
  await page.getByRole('button', { name: 'lost box', exact: true }).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const button = page.getByRole('button', { name: 'Delete machine' });
  const colours = () => button.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).background]);
  const before = await colours();

  await button.hover({ force: true });

  assert.deepEqual(await colours(), before);
  await page.keyboard.press('Escape');
});

test('the text of an unknown machine and the button to close it stand apart', async () => {
  await resize(page, 360, 740);
  await page.goto(`${service.url}/app/#/machines/gone-for-good-1`);
  const text = await page.getByText('This machine is not in your list.').boundingBox();
  const close = await page.getByRole('button', { name: 'Close' }).boundingBox();

  assert.ok(text.x + text.width <= close.x, JSON.stringify({ text, close }));
});

test('forced colours show what is chosen', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.getByText('Offline 61', { exact: true }).click();
  await page.getByRole('button', { name: 'lost box', exact: true }).click();
  await page.getByRole('button', { name: 'New token…' }).waitFor();
  const look = (locator) => locator.evaluate((element) => {
    const { color, backgroundColor, borderBottomColor, outlineStyle } = getComputedStyle(element);
    return [color, backgroundColor, borderBottomColor, outlineStyle].join();
  });

  const label = (name) => page.locator('label').filter({ has: filter(name) });
  assert.notEqual(await look(label('Offline 61')), await look(label('All 61')));
  assert.notEqual(await look(row('lost box')), await look(row('box 2 ')));
  await page.getByRole('button', { name: 'New token…' }).click();
  await page.getByRole('button', { name: 'Make a new token' }).click();
  assert.notEqual(await look(page.getByRole('tab', { name: 'Shell' })), await look(page.getByRole('tab', { name: 'curl' })));
  await page.getByRole('button', { name: 'Copy command' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
});

test('what shows survives a reload, and can be sent to somebody', async () => {
  await page.getByRole('searchbox', { name: 'Search machines' }).fill('box 1');
  await page.getByText('Offline 61', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Last seen first');
  await page.getByRole('button', { name: 'box 12', exact: true }).click();
  const elsewhere = await context.newPage();

  await page.reload();
  await elsewhere.goto(page.url());

  for (const tab of [page, elsewhere]) {
    await tab.getByRole('heading', { name: 'box 12' }).waitFor();
    assert.equal(await tab.getByRole('searchbox', { name: 'Search machines' }).inputValue(), 'box 1');
    assert.ok(await tab.getByRole('radio', { name: 'Offline 61' }).isChecked());
    assert.equal(await tab.getByRole('combobox', { name: 'Sort by' }).inputValue(), 'lastSeen');
  }
  await elsewhere.close();
});

for (const way of ['Close', 'the browser’s Back']) {
  test(`the place in the list, and the keyboard's in it, are kept over details that hide it, with ${way}`, async () => {
    await resize(page, 768, 800);
    const name = page.getByRole('button', { name: 'box 40', exact: true });
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2));
    await name.waitFor();
    const before = await page.evaluate(() => window.scrollY);
    await name.click();
    await page.getByRole('heading', { name: 'box 40' }).waitFor();

    await (way === 'Close' ? page.getByRole('button', { name: 'Close' }).click() : page.goBack());

    await name.waitFor();
    await page.waitForFunction((before) => Math.abs(window.scrollY - before) < 2, before);
    await page.waitForFunction(() => document.activeElement?.textContent === 'box 40');
  });
}

test('all machines are on paper, and no page is blank', async () => {
  await page.evaluate(() => {
    addEventListener('beforeprint', () => (globalThis.printed = document.querySelectorAll('tbody tr').length));
  });

  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');

  assert.equal(await page.evaluate(() => globalThis.printed), MACHINES);
  assert.ok(pdf.match(/\/Type\s*\/Page\b/g).length <= 3, 'pages');
});

test('a token is not lost by a reload or a step back without a question', async () => {
  // A step within the page, so that two steps back stay in it, too: the browser itself asks before others.
  await page.evaluate(() => history.pushState(null, '', '#/machines?sort=name'));
  await page.getByRole('button', { name: 'lost box', exact: true }).click();
  await page.getByRole('button', { name: 'New token…' }).click();
  await page.getByRole('button', { name: 'Make a new token' }).click();
  const command = page.getByRole('region', { name: 'Shell command' });
  const token = await command.innerText();

  const asked = page.waitForEvent('dialog');
  const reloaded = page.evaluate(() => location.reload());
  const question = await asked;
  assert.equal(question.type(), 'beforeunload');
  await question.dismiss();
  await reloaded;
  // One step back, several, and a link that somebody sent: each is asked about first.
  for (const leave of [() => history.back(), () => history.go(-2), () => (location.hash = '#/machines/of-a-link')]) {
    await page.evaluate(leave);
    await page.getByText('You have not copied the token').waitFor();
    assert.equal(await command.innerText(), token);
    await page.getByRole('button', { name: 'Keep open' }).click();
  }
  await page.evaluate(() => history.back());
  await page.getByText('You have not copied the token').waitFor();

  await page.getByRole('button', { name: 'Close anyway' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // It leads to where it was last kept from going.
  await page.getByText('This machine is not in your list').waitFor();
});

test('the dialog tells when a machine is heard with its new token, after the old one was ended', async () => {
  await page.getByRole('button', { name: 'lost box', exact: true }).click();
  await page.getByRole('button', { name: 'New token…' }).click();
  await page.getByRole('checkbox', { name: /Somebody else may have/ }).check();
  await page.getByRole('button', { name: 'Make a new token' }).click();
  const command = await page.getByRole('region', { name: 'Shell command' }).innerText();
  await page.getByText('Waiting for the machine to come with the new one').waitFor();

  const uses = page.getByText('The machine uses the new token.');
  await until(
    () => 'the machine is heard with its new token',
    async () => {
      await asMachine(service, /MACHINE_TOKEN=(\S+)/.exec(command)[1], 'heartbeat').catch(() => undefined);
      return uses.isVisible();
    },
  );

  await page.getByRole('button', { name: 'Copy command' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
});

test('the page says which version of the service this is', async () => {
  const { build } = await (await fetch(`${service.url}/q/info`)).json();

  await page.getByText(`Machine registry ${build.version}`).waitFor();
});

test('Back after signing out starts nobody new', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();

  await page.goto('about:blank');
  await page.goBack();

  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  assert.deepEqual(await context.cookies(), []);
});
