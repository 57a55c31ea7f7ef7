import { screen } from '@testing-library/react';

import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';

const box = machine({ name: 'build box', status: 'online' });
const path = `POST /api/machines/${box.machineId}/ping`;

async function openDetails(answer: FakeService['answers'][string]) {
  const service = new FakeService();
  service.knows(box);
  service.answers[path] = answer;
  const { user } = await visitMachines([box], service);
  await user.click(screen.getByRole('button', { name: 'build box' }));
  return { user, service, button: screen.getByRole('button', { name: 'Is it really there?' }) };
}

test.each([
  [() => [200, { roundTripMillis: 41.6 }] as const, 'Yes: it answered in 42 ms.'],
  [() => [200, { roundTripMillis: 0 }] as const, 'Yes: it answered in less than a millisecond.'],
  [() => problem(409, 'The machine has no open socket.'), 'It cannot be asked. The machine has no open socket.'],
  [() => problem(504, 'No answer.'), 'No answer came within 5 seconds. If it is not heard again, it will soon show as offline.'],
  [() => problem(503, 'The service cannot reach its database.'), 'The service cannot reach its database.'],
])('whoever asks whether a machine is there is told, or why not', async (answer, text) => {
  const { user, button } = await openDetails(() => [...answer()] as [number, unknown]);

  await user.click(button);

  expect(await screen.findByText(text)).toBeVisible();
  expect(button).toHaveFocus();
});

test('while a machine is being asked, it is not asked again', async () => {
  const { user, service, button } = await openDetails(() => new Promise(() => undefined));

  await user.click(button);
  expect(screen.getByText('Asking it…')).toBeVisible();
  await user.click(button);

  expect(service.asked.filter((request) => request === path)).toHaveLength(1);
});

test('nobody has to ask an offline machine', async () => {
  const { button } = await openDetails(() => [200, { roundTripMillis: 1 }]);

  sendEvent('machine', { ...box, status: 'offline', offlineReason: 'disconnected' });

  expect(button).not.toBeInTheDocument();
});
