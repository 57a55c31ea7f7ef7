import { screen, waitFor } from '@testing-library/react';

import { FakeService } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';

const box = machine({ name: 'build box', status: 'online', alertAfterSeconds: 300 });
const marked = () => screen.queryByRole('row', { name: /build box.*told after 5 minutes/ });

function nowhere(): FakeService {
  const service = new FakeService();
  service.answers['GET /q/info'] = () => [200, { build: { version: '1.2.3' }, alerts: { configured: false } }];
  return service;
}

test('the list shows of which machine somebody is told, until that is taken away', async () => {
  await visitMachines([box, machine({ name: 'gateway', status: 'online' })]);
  await waitFor(() => expect(marked()).toBeVisible());
  expect(screen.getAllByText(/^told after/)).toHaveLength(1);

  sendEvent('machine', machine({ machineId: box.machineId, name: box.name, status: 'online' }));
  expect(marked()).not.toBeInTheDocument();

  sendEvent('machine', box);
  await waitFor(() => expect(marked()).toBeVisible());
});

test('where nobody would be told, nothing is promised', async () => {
  vi.stubGlobal('Notification', { permission: 'denied' });
  await visitMachines([box], nowhere());
  await screen.findByText('Machine registry 1.2.3');

  expect(marked()).not.toBeInTheDocument();
});

test('a browser that is allowed to show it is somebody who is told', async () => {
  const permission = vi.fn(() => Promise.resolve('granted'));
  vi.stubGlobal('Notification', { permission: 'default', requestPermission: permission });
  const service = nowhere();
  service.knows(box, { alertAfterSeconds: 300 });
  const { user } = await visitMachines([box], service);
  await screen.findByText('Machine registry 1.2.3');
  expect(marked()).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'build box' }));
  await user.click(await screen.findByRole('button', { name: 'Show it in this browser, too' }));

  await waitFor(() => expect(marked()).toBeVisible());
});
