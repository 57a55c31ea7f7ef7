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

test('a browser that is allowed to show it promises no time', async () => {
  vi.stubGlobal('Notification', { permission: 'granted' });
  await visitMachines([box], nowhere());
  await screen.findByText('Machine registry 1.2.3');

  expect(marked()).not.toBeInTheDocument();
});
