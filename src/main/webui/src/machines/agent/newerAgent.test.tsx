import { screen } from '@testing-library/react';

import { FakeService } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';
import { newerAgent } from './newerAgent';

test.each([
  ['agent.sh 1.2', '1.4'],
  ['agent.sh 1', '1.4'],
  ['agent.sh 0.9', '1.4'],
  ['agent.sh 1.3.9', '1.4'],
])('of %s, %s is newer', (told, newest) => expect(newerAgent(told, 'agent.sh 1.4')).toBe(newest));

test.each(['agent.sh 1.4', 'agent.sh 1.4.0', 'agent.sh 1.10', 'agent.sh 2', 'my-agent 1.2', 'agent.ps1 1.0', 'agent.sh', '1.2', '', null, undefined])(
  'of %s, nothing is known to be newer',
  (told) => expect(newerAgent(told, 'agent.sh 1.4')).toBeUndefined(),
);

test('versions are compared by their numbers', () => {
  expect(newerAgent('agent.sh 1.9', 'agent.sh 1.10')).toBe('1.10');
  expect(newerAgent('agent.sh 1.9', undefined)).toBeUndefined();
});

test('the list and the details say that a newer agent is there, and how to get it', async () => {
  const box = machine({ name: 'build box', status: 'online', agentVersion: 'agent.sh 1.2' });
  const service = new FakeService();
  service.knows(box, { agentVersion: 'agent.sh 1.2' });
  const { user } = await visitMachines([box, machine({ name: 'gateway', status: 'online', agentVersion: 'agent.sh 1.4' })], service);
  expect(await screen.findByText('agent.sh 1.2, 1.4 is there')).toBeVisible();
  expect(screen.getAllByText(/is there$/)).toHaveLength(1);

  await user.click(screen.getByRole('button', { name: 'build box' }));
  await user.click(await screen.findByText('1.4 is there: how to update'));
  expect(screen.getByText('curl -fsSL http://localhost:3000/agent.sh -o agent.sh && sudo sh agent.sh install')).toBeVisible();

  service.knows(box, { agentVersion: 'agent.sh 1.4' });
  sendEvent('machine', { ...box, agentVersion: 'agent.sh 1.4' });
  expect(screen.queryByText('agent.sh 1.2, 1.4 is there')).not.toBeInTheDocument();
  expect(await screen.findByText('agent.sh 1.4')).toBeVisible();
  expect(screen.queryByText(/how to update/)).not.toBeInTheDocument();
});
