import { after, afterEach, before, beforeEach } from 'node:test';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { startProxy } from './proxy.js';
import { startService } from './service.js';

/** The row of the machine, with what is said of its status. */
export const row = (page, status = 'Online') => page.getByRole('row', { name: new RegExp(`gateway.*${status}`) });

/**
 * Has each test of the calling file begin with a page that shows one machine online, behind a proxy that can hold back the stream.
 *
 * @returns what there is during a test: service, browser, proxy, context, page, machine
 */
export function watchMachine() {
  const here = {};

  before(async () => {
    here.service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
    here.browser = await launchBrowser();
  });

  after(async () => {
    await here.browser?.close();
    await here.service?.end();
  });

  beforeEach(async () => {
    here.proxy = await startProxy(here.service);
    Object.assign(here, await visit(here.browser, here.proxy));
    await here.page.getByRole('heading', { name: 'No machines yet' }).waitFor();
    here.machine = await apiOf(here.context, here.service).register('gateway');
    await asMachine(here.service, here.machine.token, 'connect', { hostname: 'gw-1', rootDirectory: '/srv/app' });
    await row(here.page).waitFor();
  });

  afterEach(async () => {
    await here.context?.close();
    await here.proxy?.end();
  });

  return here;
}
