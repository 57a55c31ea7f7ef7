import { after, afterEach, before, beforeEach, describe, test } from 'node:test';

import { ELSEWHERE, launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { look } from './look.js';
import { startService } from './service.js';

// What the page shows where something is not found, is refused, fails or breaks. A service that runs well answers few of its
// operations with an error of its own, and never when a test wants it to: where `answer` or `abort` says so, the browser is given one.
const QUOTA = 4;

let service, addressed, closed, browser, context, page, broken;

before(async () => {
  [service, addressed, closed] = await Promise.all([
    startService({ 'machines.quota': QUOTA }),
    startService({ 'service.url': 'http://registry.example.org' }),
    startService({ 'sessions.anonymous': false }),
  ]);
  browser = await launchBrowser();
  ({ context, page } = await visit(browser, service));
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  const api = apiOf(context, service);
  broken = await api.register('edge gateway', { labels: { env: 'prod' } });
  await asMachine(service, broken.token, 'connect', { hostname: 'edge-1', rootDirectory: '/srv' });
  const switchedOff = await api.register('laptop', { labels: { env: 'test' } });
  await asMachine(service, switchedOff.token, 'connect', { hostname: 'ada-1' });
  await asMachine(service, switchedOff.token, 'disconnect');
  await api.register('spare');
  await row('edge gateway.*Offline.*fell silent').waitFor();
});

after(async () => {
  await browser?.close();
  await Promise.all([service, addressed, closed].map((one) => one?.end()));
});

beforeEach(() => context.unrouteAll());

const button = (name, where = page) => where.getByRole('button', { name, exact: true });
const row = (name) => page.getByRole('row', { name: new RegExp(name) });
const machineAt = ({ machineId }) => `/app/#/machines/${machineId}`;
const answer = (status, detail, headers = {}) => (route) =>
  route.fulfill({ status, headers, json: { type: 'about:blank', title: 'Problem', status, detail } });
const abort = (route) => route.abort();

/** Shows another place of the page; an address that differs in its fragment alone would be no new page. */
async function goTo(path) {
  await page.goto('about:blank');
  await page.goto(service.url + path);
}

/** A page of its own, whose stream the test answers: requests of a SharedWorker cannot be answered here. */
async function visitOwnStream(prepare) {
  const visitor = await visit(browser, { url: 'about:blank#' }, { storageState: await context.storageState() });
  await visitor.context.addInitScript(() => delete globalThis.SharedWorker);
  await prepare(visitor.context);
  await visitor.page.goto(`${service.url}/app/`);
  return visitor;
}

describe('a machine that broke', () => {
  test('comes first, and needs attention', async () => {
    await goTo('/app/');
    await row('edge gateway.*fell silent').waitFor();
    await look(page);
    await page.getByRole('radio', { name: 'Needs attention 1' }).check();
    await look(page);
  });

  test('in its details, beside one that was switched off, and one that never came', async () => {
    for (const [name, text] of [['edge gateway', 'edge-1'], ['laptop', 'ada-1'], ['spare', 'not told yet']]) {
      await goTo('/app/');
      await button(name).click();
      await page.getByRole('region', { name: `Details of ${name}` }).getByText(text).first().waitFor();
      await look(page);
    }
  });
});

describe('nothing is found', () => {
  const NOTHING = [
    ['by a search', 'q=no+such', 'No machine here has “no such” in its name, host name or ID.'],
    ['by a search that is too short to ask the service', 'q=%25', 'in its name or ID.'],
    ['by a search among those with a label', 'q=no+such&label=env%3Dprod', 'No machine with these labels has'],
    ['with these labels', 'label=env%3Dnone', 'No machine here has these labels.'],
    ['of a status', 'status=online', 'No machine is online right now.'],
    ['that flaps', 'status=flapping', 'No machine is flapping right now.'],
    ['that the filter would not leave out', 'q=laptop&status=attention', '1 machine with “laptop” is left out by the filter.'],
  ];
  for (const [name, query, text] of NOTHING) {
    test(name, async () => {
      await goTo(`/app/#/machines?${query}`);
      await page.getByText(text).waitFor();
      await look(page);
    });
  }

  test('by a search that the service has not answered yet', async () => {
    await context.route('**/api/machines?**', () => undefined);
    await goTo('/app/#/machines?q=no+such');
    await page.getByText('Its host name may have it…').waitFor();
    await look(page);
  });

  test('by a search that the service could not make', async () => {
    await context.route('**/api/machines?**', answer(503, 'The database cannot be reached.'));
    await goTo('/app/#/machines?q=no+such');
    await page.getByText('Host names could not be searched.').waitFor();
    await look(page);
  });

  test('of a link that asks for what cannot be', async () => {
    await goTo('/app/#/machines?label=Not%20A%20Label&status=lost&sort=colour&group=NO');
    await row('spare').waitFor();
    await look(page);
  });

  test('of a machine that is not there', async () => {
    await goTo('/app/#/machines/gone-for-good-1');
    await page.getByText('This machine is not in your list.').waitFor();
    await look(page);
  });
});

describe('what does not load', () => {
  for (const status of [404, 500, 503]) {
    test(`details that are answered with ${status}`, async () => {
      await context.route(`**/api/machines/${broken.machineId}`, answer(status, 'The details cannot be read.'));
      await goTo(machineAt(broken));
      await page.getByText('The details could not be loaded.').waitFor();
      await look(page);
    });
  }

  test('a history', async () => {
    await context.route('**/history', answer(503, 'The database cannot be reached.'));
    await goTo(machineAt(broken));
    await page.getByText('History', { exact: true }).click();
    await page.getByText('The history could not be loaded.').waitFor();
    await look(page);
  });

  test('a part of the page', async () => {
    await context.route('**/assets/MachineFacts-*', abort);
    await goTo(machineAt(broken));
    await page.getByText('This part of the page could not be loaded.').waitFor();
    await look(page);
  });

  test('a dialog', async () => {
    await context.route('**/assets/CreateMachineDialog-*', abort);
    await goTo('/app/');
    await button('Add machine').click();
    await page.getByRole('heading', { name: 'This did not load' }).waitFor();
    await look(page);
  });

  test('what a fault of the page keeps from showing', async () => {
    // The service sends no such machine.
    const [entry] = await (await context.request.get(`${service.url}/api/machines`)).json();
    const body = `event: snapshot\ndata: ${JSON.stringify([{ ...entry, status: 'online', statusSince: 'a word' }])}\n\n`;
    const visitor = await visitOwnStream((own) => own.route('**/api/machines/events', (route) => route.fulfill({ contentType: 'text/event-stream', body })));
    await visitor.page.getByRole('heading', { name: 'This page has a fault and cannot go on' }).waitFor();
    await look(visitor.page);
    await visitor.context.close();
  });
});

describe('what is refused', () => {
  test('a machine more than the owner may have', async () => {
    await apiOf(context, service).register('the last one');
    await goTo('/app/');
    await button('Add machine').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('one more');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText(`An owner may have ${QUOTA} machines`).waitFor();
    await look(page);
  });

  test('a new name, a new token and a deletion', async () => {
    await goTo(machineAt(broken));
    await button('Rename').click();
    await page.getByRole('textbox', { name: 'Name' }).fill(' ');
    await page.keyboard.press('Enter');
    await page.getByText(/^The name must/).waitFor();
    await look(page);
    await page.keyboard.press('Escape');

    await context.route(`**/api/machines/${broken.machineId}**`, (route) =>
      route.request().method() === 'GET' ? route.continue() : answer(503, 'The database cannot be reached.')(route));
    await button('New token…').click();
    await button('Make a new token').click();
    await page.getByRole('dialog').getByText('The database cannot be reached.').waitFor();
    await look(page);
    await button('Cancel').click();

    await button('Delete…').click();
    await page.getByRole('dialog').getByRole('textbox').fill('edge gateway');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('The database cannot be reached.').waitFor();
    await look(page);
    await button('Cancel').click();
  });

  for (const [status, headers, text] of [[429, { 'Retry-After': '300' }, /Too many requests come from here/], [503, {}, /The service answered with 503/]]) {
    test(`the stream, with ${status}`, async () => {
      let isLost = false;
      const visitor = await visitOwnStream(async (own) => {
        await own.route('**/api/machines/events', async (route) =>
          isLost ? route.abort() : route.fulfill({ contentType: 'text/event-stream', body: await snapshot() }));
        await own.route('**/api/sessions/current', (route) => (isLost ? answer(status, 'Not now.', headers)(route) : route.continue()));
      });
      await visitor.page.getByRole('row', { name: /laptop/ }).waitFor();
      isLost = true;
      await visitor.page.getByText(text).waitFor();
      await look(visitor.page);
      await visitor.context.close();
    });
  }

  async function snapshot() {
    return `event: snapshot\ndata: ${await (await context.request.get(`${service.url}/api/machines`)).text()}\n\n`;
  }
});

describe('at the door', () => {
  let stranger;

  beforeEach(async () => {
    stranger = await visit(browser, { url: 'about:blank#' });
  });

  afterEach(() => stranger.context.close());

  const opens = (url) => stranger.page.goto(url);
  const isTold = (title) => stranger.page.getByRole('heading', { name: title }).waitFor();

  test('nobody can sign in yet', async () => {
    await opens(closed.url);
    await isTold('Nobody can sign in yet');
    await look(stranger.page);
  });

  test('the service does not know the address', async () => {
    await opens(`${addressed.url.replace('localhost', ELSEWHERE)}/app/`);
    await isTold('The service does not know this address');
    await look(stranger.page);
  });

  test('the service cannot work at the moment', async () => {
    await stranger.context.route('**/api/sessions', answer(503, 'The database cannot be reached.'));
    await opens(service.url);
    await isTold('The service cannot work at the moment');
    await look(stranger.page);
  });

  test('a proxy answers in the place of the service', async () => {
    await stranger.context.route('**/api/sessions', (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }));
    await opens(service.url);
    await isTold('The service cannot work at the moment');
    await look(stranger.page);
  });

  test('a recovery link that cannot be opened now', async () => {
    await stranger.context.route('**/api/sessions/current', answer(503, 'The database cannot be reached.'));
    await opens(`${service.url}/app/#recover=a.b.c`);
    await isTold('The link could not be opened now');
    await look(stranger.page);
  });

  test('a sign-in where there is no provider', async () => {
    await opens(`${service.url}/api/sessions/sign-in`);
    await isTold('Not signed in');
    await look(stranger.page);
  });
});
