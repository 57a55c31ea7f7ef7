import { act, screen, waitFor, within } from '@testing-library/react';

import { FakeEventSource } from '../../testing/FakeEventSource';
import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines, visitPage } from '../../testing/visitPage';

const AN_HOUR = 3_600_000;
const SILENCE = 35_000;
// By the clock on the wall where the test runs.
const TWO_PAST_TWO = new Date(2026, 10, 27, 14, 2).getTime();
const AS_OF = /(14:02|2:02\sPM)/;
const asOf = (before: string) => new RegExp(`${before} ${AS_OF.source}`);

const online = machine({ name: 'gateway', status: 'online', statusSince: TWO_PAST_TWO - 7_200_000, assistantCount: 2 });
const silent = machine({ name: 'lab bench', offlineReason: 'missed_heartbeats', statusSince: TWO_PAST_TWO - 180_000 });

beforeEach(() => {
  vi.useFakeTimers({ now: TWO_PAST_TWO, shouldAdvanceTime: true });
});

afterEach(() => {
  vi.useRealTimers();
});

const passTime = (millis: number) => act(() => vi.advanceTimersByTimeAsync(millis));
const notices = () => document.querySelector('main [role=status]');

async function visitAway(service?: FakeService) {
  const visit = await visitMachines([online, silent], service);
  sendEvent('alive', { now: TWO_PAST_TWO });
  sendEvent('away', { since: TWO_PAST_TWO });
  return visit;
}

test('while the database is away, the page says so and shows nothing as if it knew', async () => {
  await visitAway();

  expect(screen.getByText(asOf('The service cannot reach its database. Status as of'))).toBeVisible();
  expect(screen.getByRole('heading', { name: asOf('2 machines, 1 online, 1 needs attention as of') })).toBeVisible();
  const row = screen.getByRole('row', { name: /gateway/ });
  expect(within(row).getByText('Was online')).toHaveAttribute('data-status', 'unknown');
  expect(row).toHaveTextContent(asOf('as of'));
  expect(row).not.toHaveTextContent(/\bfor\b/);
  expect(screen.getByRole('row', { name: /lab bench/ })).toHaveTextContent(/fell silent.*since 1?\d:59/);
  expect(document.title).toBe('Not live · Machine registry');
});

test.each(['back', 'snapshot'] as const)('the page is live again with the event %s', async (event) => {
  await visitAway();

  sendEvent(event, event === 'back' ? { now: TWO_PAST_TWO + 60_000 } : [online, silent]);

  expect(screen.getByRole('heading', { name: '2 machines, 1 online, 1 needs attention' })).toBeVisible();
  expect(screen.getByRole('row', { name: /gateway.*Online.*for 2 hours/ })).toBeVisible();
  expect(notices()).toHaveTextContent('The list is live again.');
  expect(document.title).toBe('1 needs attention · Machine registry');
});

test('a page that is opened while the database is away says why there is no list', async () => {
  await visitPage();

  sendEvent('away', { since: TWO_PAST_TWO });
  expect(screen.getByRole('heading', { name: 'The service cannot reach its database.' })).toBeVisible();

  sendEvent('snapshot', [online]);
  expect(screen.getByRole('row', { name: /gateway.*Online/ })).toBeVisible();
});

test('a stream that fell silent shows as not live since it was heard last, and comes back by itself', async () => {
  await visitMachines([online, silent]);
  sendEvent('alive', { now: TWO_PAST_TWO });

  await passTime(SILENCE + 1_000);

  expect(screen.getByText(asOf('Not live since'))).toBeVisible();
  expect(screen.getByRole('row', { name: /gateway.*Was online/ })).toBeVisible();
  await waitFor(() => expect(FakeEventSource.all).toHaveLength(2));
  sendEvent('snapshot', [online, silent]);
  expect(screen.getByRole('row', { name: /gateway.*Online.*for 2 hours/ })).toBeVisible();
});

test.each([
  [429, 'Too many requests come from here: this page waits, and tries again by itself.', 0],
  [502, 'The service answered with 502. Reconnecting…', 1],
] as const)('a list that is not live says that it was refused with %d, and offers a retry only where it helps', async (status, said, buttons) => {
  const service = new FakeService();
  await visitMachines([online, silent], service);
  sendEvent('alive', { now: TWO_PAST_TWO });
  service.answers['GET /api/sessions/current'] = () => problem(status, 'Slow down.');

  act(() => FakeEventSource.latest.fail());
  await passTime(1_000);

  expect(notices()).toHaveTextContent(said);
  expect(screen.queryAllByRole('button', { name: 'Reconnect now' })).toHaveLength(buttons);
});

test('what is said while it is not live stays as it is, however long that lasts', async () => {
  await visitMachines([online, silent]);
  sendEvent('alive', { now: TWO_PAST_TWO });
  act(() => FakeEventSource.latest.fail());
  const said: string[] = [];
  const observer = new MutationObserver(() => said.push(notices()?.textContent ?? ''));
  const spoken = notices() as Node;
  observer.observe(spoken, { childList: true, characterData: true, subtree: true });

  await passTime(3 * 60_000);

  expect(spoken).toHaveTextContent(asOf('Not live since'));
  expect(said).toEqual([]);
  observer.disconnect();
});

test.each([AN_HOUR, -AN_HOUR])('a browser\'s clock that is wrong by %d ms misleads nobody', async (error) => {
  vi.setSystemTime(TWO_PAST_TWO + error);
  await visitMachines([online, silent]);

  sendEvent('alive', { now: TWO_PAST_TWO });

  expect(screen.getByRole('row', { name: /lab bench.*fell silent.*for 3 minutes/ })).toBeVisible();
});

test('a browser\'s clock that is set meanwhile changes nothing', async () => {
  await visitMachines([online, silent]);
  sendEvent('alive', { now: TWO_PAST_TWO });

  vi.setSystemTime(Date.now() - 12 * AN_HOUR);
  await passTime(10_000);

  expect(screen.getByRole('row', { name: /lab bench.*fell silent.*for 3 minutes/ })).toBeVisible();
  expect(screen.queryByText(/Not live/)).not.toBeInTheDocument();
});

test('details that could not be loaded are loaded again as soon as the list is live again', async () => {
  const service = new FakeService();
  service.answers[`GET /api/machines/${online.machineId}`] = () => problem(503, 'Try again shortly.');
  window.history.replaceState(null, '', `#/machines/${online.machineId}`);
  await visitAway(service);
  const details = screen.getByRole('region', { name: 'Details of gateway' });
  expect(await within(details).findByText(/could not be loaded/)).toBeVisible();

  service.knows(online, { hostname: 'gw-1' });
  sendEvent('back', { now: TWO_PAST_TWO + 60_000 });

  expect(await within(details).findByText('gw-1')).toBeVisible();
  expect(within(details).queryByText(/could not be loaded/)).not.toBeInTheDocument();
});
