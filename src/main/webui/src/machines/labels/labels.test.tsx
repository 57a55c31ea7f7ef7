import { screen, waitFor, within } from '@testing-library/react';

import { FakeService, problem } from '../../testing/fakeService';
import { machine } from '../../testing/machines';
import { sendEvent, visitMachines } from '../../testing/visitPage';
import type { Machine } from '../types';
import { EVERYTHING, viewOf } from '../view/view';
import { groupedBy, isHeading, labelKeysOf } from './grouping';
import { faultsIn, labelsIn, patchOf, rowsOf } from './labelRows';
import { keyFault, valueFault } from './labelRules';
import { parseSelector, withSelector } from './labelSelector';

const web = machine({ name: 'web', status: 'online', labels: { env: 'prod', zone: 'eu' } });
const db = machine({ name: 'db', labels: { env: 'prod' } });
const lab = machine({ name: 'lab', labels: { env: 'test', gpu: '' } });
const bare = machine({ name: 'bare' });
const all = [bare, db, lab, web];

const names = () => screen.getAllByRole('rowheader').map((cell) => cell.textContent);
const clickChip = async (user: Awaited<ReturnType<typeof visitMachines>>['user'], row: RegExp, chip: string) =>
  user.click(within(screen.getByRole('row', { name: row })).getByRole('button', { name: chip }));

test.each<[string[], string[]]>([
  [['env'], ['db', 'lab', 'web']],
  [['!env'], ['bare']],
  [['env=prod'], ['db', 'web']],
  [['zone!=eu'], ['bare', 'db', 'lab']],
  [['gpu='], ['lab']],
  [['env=prod', 'zone!=eu'], ['db']],
  [['constructor'], []],
  [['!__proto__'], ['bare', 'db', 'lab', 'web']],
])('the labels %j select %j, as at the service', (labels, expected) => {
  expect(viewOf(all, { ...EVERYTHING, labels, sort: 'name' }).map(({ name }) => name)).toEqual(expected);
});

test.each(['', '=x', 'Env', 'a b', '!env=prod', 'zone!', 'machine.os=Linux', 'x'.repeat(64)])('“%s” is no selector of labels', (text) => {
  expect(parseSelector(text)).toBeUndefined();
});

test('a value may hold what separates it from its key', () => {
  expect(parseSelector('url=a=b!=c')).toEqual({ key: 'url', value: 'a=b!=c', negated: false });
});

test('a label has one value, so that another takes its place in the filter', () => {
  expect(withSelector(['env=prod', 'zone'], 'env=test')).toEqual(['zone', 'env=test']);
});

test('a chip filters the list, is kept in the address beside a search and a status, and can be taken away', async () => {
  const { user } = await visitMachines(all);

  await clickChip(user, /web/, 'env=prod');
  expect(names()).toEqual(['db', 'web']);
  expect(screen.getByText('2 of 4 shown')).toBeVisible();
  expect(window.location.hash).toBe('#/machines?label=env%3Dprod');
  await clickChip(user, /web/, 'zone=eu');
  expect(window.location.hash).toBe('#/machines?label=env%3Dprod&label=zone%3Deu');
  expect(names()).toEqual(['web']);
  await user.click(screen.getByRole('radio', { name: /Offline/ }));
  expect(screen.getByText('1 machine with these labels is left out by the filter.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'zone=eu: take this filter away' }));

  expect(names()).toEqual(['db']);
});

test('a link shows what its labels select, and what no machine has is said', async () => {
  window.history.replaceState(null, '', '/app/#/machines?label=env%3Dnone');
  await visitMachines(all);

  expect(screen.getByText('No machine here has these labels.')).toBeVisible();
});

test('a machine that loses its label leaves the filtered list', async () => {
  window.history.replaceState(null, '', '/app/#/machines?label=env%3Dprod');
  await visitMachines(all);

  sendEvent('machine', { ...db, labels: {} });

  await waitFor(() => expect(names()).toEqual(['web']));
});

test('groups have headings with counts, in the order of their values, and those without the label last', async () => {
  const { user } = await visitMachines(all);

  await user.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'Group by env');

  expect(window.location.hash).toBe('#/machines?group=env');
  const headings = screen.getAllByRole('columnheader').map((cell) => cell.textContent).filter((text) => /machine/.test(text));
  expect(headings).toEqual(['env=prod 2 machines, 1 online', 'env=test 1 machine, 0 online', 'without env 1 machine, 0 online']);
});

test('the arrow keys step over headings', async () => {
  window.history.replaceState(null, '', '/app/#/machines?group=env');
  const { user } = await visitMachines(all);

  screen.getByRole('button', { name: 'web' }).focus();
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'lab' })).toHaveFocus());
  await user.keyboard('{Home}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'db' })).toHaveFocus());
});

test('groups come in the order of numbers, and hold all machines in theirs', () => {
  const racks = ['10', '2', '10'].map((rack) => machine({ labels: { rack } }));
  const items = groupedBy(racks, 'rack');

  expect(items.map((item) => (isHeading(item) ? `${item.value} ${item.count}` : item))).toEqual(['2 1', racks[1], '10 2', racks[0], racks[2]]);
  expect(labelKeysOf(all)).toEqual(['env', 'gpu', 'zone']);
});

test('a list without labels has neither a column nor groups of them', async () => {
  await visitMachines([bare]);

  expect(screen.queryByRole('columnheader', { name: 'Labels' })).not.toBeInTheDocument();
  expect(screen.queryByRole('combobox', { name: 'Group by' })).not.toBeInTheDocument();
});

async function openLabels(shown: Machine, service: FakeService) {
  service.knows(shown);
  const { user } = await visitMachines([shown], service);
  await user.click(screen.getByRole('button', { name: shown.name }));
  await user.click(screen.getByRole('button', { name: /(Edit|Add) labels/ }));
  return { user, form: within(await screen.findByRole('form', { name: 'Labels of this machine' })) };
}

test('labels are added, changed and taken away with one merge patch of what changed', async () => {
  const service = new FakeService();
  const sent: unknown[] = [];
  service.answers[`PATCH /api/machines/${web.machineId}`] = (body) => {
    sent.push(body);
    return [200, web];
  };
  const { user, form } = await openLabels(web, service);

  await user.click(form.getByRole('button', { name: 'Remove label zone' }));
  await user.clear(form.getByRole('textbox', { name: 'Value 1' }));
  await user.type(form.getByRole('textbox', { name: 'Value 1' }), 'test');
  await user.type(form.getByRole('textbox', { name: 'Key 2' }), 'gpu');
  await user.click(form.getByRole('button', { name: 'Save' }));

  await waitFor(() => expect(screen.getByRole('button', { name: 'Edit labels' })).toHaveFocus());
  expect(sent).toEqual([{ labels: { env: 'test', gpu: '', zone: null } }]);
});

test('a key that can be none is said beside it, and nothing is asked', async () => {
  const service = new FakeService();
  const { user, form } = await openLabels(bare, service);

  await user.type(form.getByRole('textbox', { name: 'Key 1' }), 'Env{Enter}');

  expect(form.getByText('A key has 1 to 63 of a-z 0-9 . _ / -')).toBeVisible();
  expect(form.getByRole('textbox', { name: 'Key 1' })).toHaveFocus();
  expect(service.asked.filter((asked) => asked.startsWith('PATCH'))).toEqual([]);
});

test('what the service has against a label is said with its key', async () => {
  const service = new FakeService();
  const violations = [{ field: 'labels.env', message: 'must not contain U+200B' }];
  service.answers[`PATCH /api/machines/${bare.machineId}`] = () => problem(400, 'The request is not valid.', { violations });
  const { user, form } = await openLabels(bare, service);

  await user.type(form.getByRole('textbox', { name: 'Key 1' }), 'env');
  await user.click(form.getByRole('button', { name: 'Save' }));

  expect(await form.findByText('env must not contain U+200B.')).toBeVisible();
});

test('the rules of labels are the contract’s', () => {
  expect(keyFault('example.com/role_1-a')).toBeUndefined();
  expect(keyFault('machine.os')).toMatch(/No key begins with/);
  expect(keyFault('k'.repeat(64))).toMatch(/1 to 63/);
  expect(valueFault('😀'.repeat(63))).toBeUndefined();
  expect(valueFault('v'.repeat(64))).toMatch(/at most 63/);
  expect(valueFault('a\tb')).toMatch(/control/);
});

test('rows with a key twice, and more than 32 of them, are at fault', () => {
  const twice = [...rowsOf({ env: 'a' }), { id: 7, key: 'env', value: 'b' }, { id: 8, key: '', value: ' ' }];
  const many = Array.from({ length: 33 }, (_, id) => ({ id, key: `k${id}`, value: '' }));

  expect([...faultsIn(twice)]).toEqual([[7, 'This key is there twice.']]);
  expect([...faultsIn(many)]).toEqual([[32, 'A machine has at most 32 labels.']]);
  expect(labelsIn(twice)).toEqual({ env: 'b' });
  expect(patchOf({ env: 'a' }, { env: 'a' })).toBeUndefined();
});
