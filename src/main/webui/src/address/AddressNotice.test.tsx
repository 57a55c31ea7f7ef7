import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { FakeService } from '../testing/fakeService';
import { machine } from '../testing/machines';
import { visitMachines } from '../testing/visitPage';

const ASKED = 'GET /api/address?at=http%3A%2F%2Flocalhost%3A3000';

test('a page at an address that the service does not know says so, and goes on', async () => {
  const service = new FakeService();
  const detail = 'You came to http://localhost:3000, and the service saw http://127.0.0.1:8080.';
  service.answers[ASKED] = () => [200, { url: 'http://localhost:3000', seen: 'http://127.0.0.1:8080', detail, setting: 'x' }];
  await visitMachines([], service);

  expect(await screen.findByText(detail)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Add your first machine' })).toBeVisible();
});

test('a page at a known address says nothing', async () => {
  const { service } = await visitMachines([]);

  expect(service.asked).toContain(ASKED);
  expect(screen.queryByText(/You came to/)).not.toBeInTheDocument();
});

test('the commands carry the address that the service is reached at', async () => {
  const service = new FakeService();
  service.answers[ASKED] = () => [200, { url: 'https://machines.example.org/registry', seen: 'http://localhost:3000' }];
  service.answers['POST /api/machines'] = () => [201, { machineId: 'm', token: 'm:mrs_1' }];
  const { user } = await visitMachines([], service);

  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'build box{Enter}');

  expect(await screen.findByRole('region', { name: 'Shell command' })).toHaveTextContent(
    'curl -fsSL https://machines.example.org/registry/agent.sh | MACHINE_TOKEN=m:mrs_1 sh',
  );
});

test('the commands of a fleet carry the address that the service is reached at, with its path', async () => {
  const service = new FakeService();
  service.answers[ASKED] = () => [200, { url: 'https://machines.example.org/registry', seen: 'http://localhost:3000' }];
  service.answers['POST /api/enrolment-keys'] = () => [201, { keyId: 'k', key: 'mre_a.b.c', expiresAt: Date.now() + 1e9 }];
  const { user } = await visitMachines([machine()], service);

  await user.click(screen.getByRole('button', { name: 'Add machine' }));
  await user.click(await screen.findByRole('button', { name: 'Add a fleet…' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name of the key' }), 'rack 7{Enter}');

  const made = within(await screen.findByRole('dialog', { name: 'Your fleet’s key' }));
  for (const tab of made.getAllByRole('tab')) {
    await user.click(tab);
    const snippet = made.getByRole('region', { name: `${tab.textContent} snippet` });
    expect(snippet).toHaveTextContent('https://machines.example.org/registry/agent.sh');
    expect(snippet).not.toHaveTextContent('localhost:3000');
  }
});

test('the line that begins at the machine carries the address that the service is reached at, with its path', async () => {
  const service = new FakeService();
  service.answers[ASKED] = () => [200, { url: 'https://machines.example.org/registry', seen: 'http://localhost:3000' }];
  const { user } = await visitMachines([], service);

  await user.click(screen.getByRole('button', { name: 'Add your first machine' }));
  await user.click(await screen.findByText('Or begin at the machine'));

  expect(screen.getByText('curl -fsSL https://machines.example.org/registry/agent.sh | sh')).toBeVisible();
});

test('a page over plain http says once that others can read along', async () => {
  vi.resetModules();
  new FakeService();
  vi.stubGlobal('location', new URL('http://192.168.1.5:8080/app/'));
  const { AddressNotice } = await import('./AddressNotice');
  const page = render(<AddressNotice />);
  expect(screen.getByText(/plain http/)).toBeVisible();

  await userEvent.click(screen.getByRole('button', { name: 'Got it' }));
  expect(screen.queryByText(/plain http/)).not.toBeInTheDocument();

  page.unmount();
  render(<AddressNotice />);
  expect(screen.queryByText(/plain http/)).not.toBeInTheDocument();
  vi.unstubAllGlobals();
});
