import { screen, waitFor, within } from '@testing-library/react';

import { FakeService } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';
import type { Assistant, MachineDetails } from '../types';

const box = machine({ name: 'build box', status: 'online', assistantCount: 2 });
const ASSISTANTS: Assistant[] = [
  { id: 'a1', name: 'reviewer', directory: '/srv/app', state: 'busy', model: 'large', version: '4.1' },
  { id: 'a2', state: 'idle' },
];

async function openDetails(told: Partial<MachineDetails>) {
  const service = new FakeService();
  service.knows(box, told);
  const { user } = await visitMachines([box], service);
  await user.click(screen.getByRole('button', { name: 'build box' }));
  return { service, user };
}

const entries = () => within(screen.getByRole('region', { name: 'Assistants' })).getAllByRole('listitem');

test('the details list the assistants by name, with what they do and where', async () => {
  await openDetails({ assistants: ASSISTANTS });

  await screen.findByRole('region', { name: 'Assistants' });
  expect(entries().map((entry) => entry.textContent)).toEqual(['reviewer busylarge, 4.1/srv/app', 'a2 idle']);
});

test('the frame leads from the machine to one of its assistants, which the address keeps', async () => {
  const { user } = await openDetails({ assistants: ASSISTANTS });

  await user.selectOptions(await screen.findByRole('combobox', { name: 'Go to assistant' }), 'a2 (idle)');

  expect(window.location.hash).toBe(`#/machines/${box.machineId}?assistant=a2`);
  expect(entries().map((entry) => entry.getAttribute('aria-current'))).toEqual(['false', 'true']);

  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(window.location.hash).toBe('');
  expect(screen.queryByRole('combobox', { name: 'Go to assistant' })).not.toBeInTheDocument();
});

test('an offline machine has no assistants to go to', async () => {
  const { service } = await openDetails({ assistants: ASSISTANTS });
  await screen.findByRole('region', { name: 'Assistants' });
  service.knows({ ...box, status: 'offline' }, { assistants: [] });

  sendEvent('machine', { ...box, status: 'offline', offlineReason: 'disconnected' });

  await waitFor(() => expect(screen.queryByRole('region', { name: 'Assistants' })).not.toBeInTheDocument());
  expect(screen.queryByRole('combobox', { name: 'Go to assistant' })).not.toBeInTheDocument();
});

test('of many the first are shown, and all when somebody wants, or one of the others was chosen', async () => {
  const many = Array.from({ length: 100 }, (_, index): Assistant => ({ id: `a${index}`, state: 'idle' }));
  const { user } = await openDetails({ assistants: many });
  await screen.findByRole('region', { name: 'Assistants' });
  expect(entries()).toHaveLength(6);

  await user.selectOptions(await screen.findByRole('combobox', { name: 'Go to assistant' }), 'a50 (idle)');
  expect(entries()).toHaveLength(100);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Go to assistant' }), 'Go to assistant…');
  expect(entries()).toHaveLength(6);
  await user.click(screen.getByRole('button', { name: 'Show all 100' }));

  expect(entries()).toHaveLength(100);
});

test('a machine that tells only how many there are has a count and no list', async () => {
  await openDetails({ hostname: 'b7' });

  expect(await screen.findByText('b7')).toBeVisible();
  expect(screen.queryByRole('region', { name: 'Assistants' })).not.toBeInTheDocument();
});

test('what else a machine tells of itself is shown, and has no row where it does not', async () => {
  await openDetails({ arch: 'aarch64', user: 'ci', address: null, metadata: { rack: 'A 7', gpus: 4, zones: ['eu'] } });

  expect((await screen.findByText('aarch64')).parentElement?.previousSibling).toHaveTextContent('Architecture');
  expect(screen.getByText('ci')).toBeVisible();
  expect(screen.queryByText('Address')).not.toBeInTheDocument();
  expect(screen.getByText('rack').closest('dl')).toHaveTextContent('rackA 7gpus4zones["eu"]');
});
