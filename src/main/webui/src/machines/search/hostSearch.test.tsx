import { screen, waitFor } from '@testing-library/react';

import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { visitMachines } from '../../testing/visitPage';

const FIRST = 'GET /api/machines?q=rack-7&limit=1000';
const nextLink = (page: number) => ({ Link: `</proxied/api/machines?q=rack-7&limit=1000&after=${page}>; rel="next"` });
const [here, there] = [machine({ name: 'here' }), machine({ name: 'there' })];

test('a search for a host name is answered to the last page', async () => {
  window.history.replaceState(null, '', '/app/#/machines?q=rack-7');
  const service = new FakeService();
  service.answers[FIRST] = () => [200, [here], nextLink(2)];
  service.answers[`${FIRST}&after=2`] = () => [200, [there]];

  await visitMachines([here, there, machine({ name: 'elsewhere' })], service);

  expect(await screen.findByRole('rowheader', { name: 'there' })).toBeVisible();
  expect(screen.getByRole('rowheader', { name: 'here' })).toBeVisible();
  expect(screen.queryByRole('rowheader', { name: 'elsewhere' })).not.toBeInTheDocument();
  expect(screen.queryByText(/may be missing here/)).not.toBeInTheDocument();
});

test('a search that finds more than ten pages says so, and asks for no more', async () => {
  window.history.replaceState(null, '', '/app/#/machines?q=rack-7');
  const service = new FakeService();
  service.answers[FIRST] = () => [200, [here], nextLink(2)];
  for (let page = 2; page <= 11; page++) {
    service.answers[`${FIRST}&after=${page}`] = () => [200, [there], nextLink(page + 1)];
  }

  await visitMachines([here, there], service);

  expect(await screen.findByText(/finds this in more than 10,000 machines.*may be missing here/)).toBeVisible();
  await waitFor(() => expect(service.asked.filter((request) => request.startsWith(FIRST))).toHaveLength(10));
});

test('what was found stays where the pages that follow cannot be had', async () => {
  window.history.replaceState(null, '', '/app/#/machines?q=rack-7');
  const service = new FakeService();
  service.answers[FIRST] = () => [200, [here], nextLink(2)];
  service.answers[`${FIRST}&after=2`] = () => problem(503, 'Try again shortly.');

  await visitMachines([here, there], service);

  expect(await screen.findByRole('rowheader', { name: 'here' })).toBeVisible();
  expect(screen.queryByRole('rowheader', { name: 'there' })).not.toBeInTheDocument();
  expect(screen.getByText(/could not search all host names.*may be missing here/)).toBeVisible();
});
