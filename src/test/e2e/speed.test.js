import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { launchBrowser, visit } from './browser.js';
import { apiOf, asMachine } from './fleet.js';
import { attachToWorker, firstRowsAfterScript, heapOf, watchFirstRows, watchMainThread } from './pageFigures.js';
import { startService } from './service.js';

const MACHINES = 5_000;
const AT_ONCE = 1_000;
const CHANGES_A_SECOND = 50;
const TICKS_A_SECOND = 10;
const SECONDS = 10;
// How long the page's memory is watched. The figures of docs/decisions/page.md are of 600.
const MEMORY_SECONDS = Number(process.env.SPEED_SECONDS ?? 20);
const MINUTE = 60;
const OPENINGS = 5;

let service, browser, context, page, devTools;
const tokens = [];

before(async () => {
  service = await startService({ 'presence.ttl': '1h', 'presence.heartbeat': '1m' });
  browser = await launchBrowser();
  ({ context, page } = await visit(browser, service));
  await page.getByRole('heading', { name: 'No machines yet' }).waitFor();
  devTools = await context.newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const { registerMany } = apiOf(context, service);
  for (let done = 0; done < MACHINES; done += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, index) => done + index);
    const all = await registerMany(some.map((index) => ({ name: `machine ${index}`, labels: { env: 'prod', rack: String(index % 20) } })));
    tokens.push(...all.map(({ token }) => token));
  }
});

after(async () => {
  await browser?.close();
  await service?.end();
});

test(`${MACHINES} machines with ${CHANGES_A_SECOND} changes a second stay smooth`, async () => {
  await page.getByRole('heading', { name: '5,000 machines, 0 online' }).waitFor();

  await staysSmooth(0);

  await page.getByRole('heading', { name: `5,000 machines, ${CHANGES_A_SECOND * SECONDS} online` }).waitFor();
});

/** While machines come online, from this one on, and somebody scrolls. */
async function staysSmooth(first) {
  let next = first;
  await smoothFor(SECONDS, () => asMachine(service, tokens[next++], 'heartbeat'));
  assert.ok((await page.getByRole('row').count()) < 100);
}

/** The goal is no task over 50 ms. The bars here hold on a machine that is busy with something else, too; the figures are to be read. */
async function smoothFor(seconds, change) {
  const endOfWatch = await watchMainThread(page);
  const busyBefore = await busySeconds();
  await keepChanging(seconds, change);
  const { time, frames, longestFrame, longTasks, longestTask, inLongTasks } = await endOfWatch();
  const busy = (await busySeconds() - busyBefore) / (time / 1_000);

  console.log(
    `${((CHANGES_A_SECOND * seconds * 1_000) / time).toFixed(1)} changes a second; ` +
      `frames: ${((frames * 1_000) / time).toFixed(0)} a second, the longest ${longestFrame.toFixed(0)} ms; ` +
      `main thread busy ${percent(busy)}; ` +
      `tasks over 50 ms: ${longTasks}, the longest ${longestTask.toFixed(0)} ms, ${percent(inLongTasks / time)} of the time`,
  );
  // What the page itself takes of a processor does not depend on what else runs.
  assert.ok(busy < 0.5, `the main thread is busy ${busy} of the time`);
  assert.ok(inLongTasks / time < 0.75, `${inLongTasks} of ${time} ms are in tasks over 50 ms`);
  assert.ok(longestTask < 2_000, `a task takes ${longestTask} ms`);
}

/** Makes changes at an even pace, while somebody scrolls. */
async function keepChanging(seconds, change) {
  const begun = performance.now();
  const told = [];
  for (let tick = 0; tick < seconds * TICKS_A_SECOND; tick++) {
    const some = Array.from({ length: CHANGES_A_SECOND / TICKS_A_SECOND }, () => change());
    if (tick % TICKS_A_SECOND === 0) {
      some.push(page.mouse.wheel(0, tick % 1_000 < 500 ? 2_000 : -2_000));
    }
    // What fails is told when all of it is awaited.
    some.forEach((one) => one.catch(() => undefined));
    told.push(...some);
    await pause(Math.max(0, begun + ((tick + 1) * 1_000) / TICKS_A_SECOND - performance.now()));
  }
  await Promise.all(told);
}

/** Processor time that the page's main thread has used. */
async function busySeconds() {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ThreadTime').value;
}

test('a change shows within a second', async () => {
  const samples = [];
  for (let index = 1_000; index < 1_020; index++) {
    await page.evaluate(() => window.scrollTo(0, 0));
    const online = 500 + index - 999;
    const begun = Date.now();
    await asMachine(service, tokens[index], 'heartbeat');
    await page.getByText(`${online} online`).waitFor();
    samples.push(Date.now() - begun);
  }
  samples.sort((a, b) => a - b);
  console.log(`from heartbeat to page: median ${samples[10]} ms, longest ${samples.at(-1)} ms`);
  assert.ok(samples[10] < 1_000);
});

test('so does a list in groups, of which all are chosen and each change may move a row', async () => {
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('rack');
  await page.getByRole('checkbox', { name: 'Choose all 5,000 that match' }).check();
  await page.getByText('All 5,000 machines that match chosen').waitFor();

  await staysSmooth(2_000);
});

test('a list of 5,000 shows soon after the script', async () => {
  await watchFirstRows(page);
  await devTools.send('Network.enable');
  await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });

  const samples = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    // The worker of the page before ends with it.
    await page.goto('about:blank');
    await page.goto(`${service.url}/app/`);
    samples.push(await firstRowsAfterScript(page));
  }

  samples.sort((a, b) => a - b);
  const median = samples[Math.floor(OPENINGS / 2)];
  console.log(`from script to rows: median ${median.toFixed(0)} ms, longest ${samples.at(-1).toFixed(0)} ms`);
  assert.ok(median < 5_000, `rows show ${median} ms after the script`);
});

test(`memory stays as it is in ${MEMORY_SECONDS} seconds of changes`, async () => {
  for (let done = 0; done < MACHINES; done += 100) {
    await Promise.all(tokens.slice(done, done + 100).map((token) => asMachine(service, token, 'heartbeat')));
  }
  await page.getByRole('heading', { name: '5,000 machines, 5,000 online' }).waitFor();
  const worker = await attachToWorker(browser, service.url);
  const change = workingFleet();
  await keepChanging(SECONDS, change);

  const before = await memory(worker);
  console.log(`at the beginning: ${textOf(before)}`);
  let latest;
  for (let done = 0; done < MEMORY_SECONDS; done += MINUTE) {
    const seconds = Math.min(MINUTE, MEMORY_SECONDS - done);
    await smoothFor(seconds, change);
    latest = await memory(worker);
    console.log(`after ${done + seconds} seconds: ${textOf(latest)}`);
  }

  const growth = Object.entries(latest).map(([what, amount]) => [what, amount / before[what] - 1]);
  console.log(`growth: ${growth.map(([what, share]) => `${what} ${percent(share)}`).join(', ')}`);
  growth.forEach(([what, share]) => assert.ok(share < 0.25, `${what}: ${before[what]}, and ${latest[what]} afterwards`));
});

/**
 * What a fleet at work changes: how many assistants run, and in one of twenty changes a machine goes, which comes back ten seconds later.
 * None flaps.
 */
function workingFleet() {
  const assistants = Array(MACHINES).fill(0);
  let count = 0;
  return () => {
    const round = Math.floor(count / 20);
    const step = count++ % 20;
    if (step === 0) {
      return asMachine(service, tokens[round % MACHINES], 'disconnect');
    }
    if (step === 1) {
      return asMachine(service, tokens[(round + MACHINES - 25) % MACHINES], 'heartbeat');
    }
    // Far from those that are away, whom a heartbeat would bring back.
    const index = (round + 20 + ((18 * round + step) % 4_900)) % MACHINES;
    assistants[index] = (assistants[index] + 1) % 4;
    return asMachine(service, tokens[index], 'heartbeat', { assistantCount: assistants[index] });
  };
}

/** What is left after a garbage collection, at the top of the list. */
async function memory(worker) {
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.locator('[data-index="0"]').waitFor();
  const heap = await heapOf(devTools);
  const { nodes, jsEventListeners } = await devTools.send('Memory.getDOMCounters');
  return { heap, 'heap of the worker': await heapOf(worker), nodes, listeners: jsEventListeners };
}

function textOf(amounts) {
  return Object.entries(amounts).map(([what, amount]) => `${what} ${amount.toLocaleString('en')}`).join(', ');
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
