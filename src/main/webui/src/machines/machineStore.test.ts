import { machine } from '../testing/machines';
import { machineList, receive } from './machineStore';

test('a machine that did not change keeps its identity, so that its row is not drawn again', () => {
  const [alpha, beta] = [machine({ name: 'alpha' }), machine({ name: 'beta' })];
  receive({ type: 'snapshot', machines: [beta, alpha] });

  receive({ type: 'changes', changed: [{ ...beta, name: 'aaa' }], removed: [] });
  expect(machineList.get()?.map(({ name }) => name)).toEqual(['aaa', 'alpha']);
  expect(machineList.get()?.[1]).toBe(alpha);

  receive({ type: 'snapshot', machines: [{ ...alpha }] });
  expect(machineList.get()?.[0]).toBe(alpha);
});

test('numbers in names sort as numbers', () => {
  receive({ type: 'snapshot', machines: [machine({ name: 'runner-10' }), machine({ name: 'Runner-9' })] });

  expect(machineList.get()?.map(({ name }) => name)).toEqual(['Runner-9', 'runner-10']);
});
