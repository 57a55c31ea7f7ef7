import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { machine } from '../testing/machines';
import { byName, nameKey, twinsOf, visiblePart } from './names';

// The service's tests read the same cases.
const groups = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../../test/resources/names-in-order.json'), 'utf8'),
) as string[][];

test('names that differ in case or leading zeros alone have one place', () => {
  for (const equal of groups) {
    expect(new Set(equal.map(nameKey)).size, equal.join()).toBe(1);
  }
});

test('names come in the service’s order', () => {
  const inOrder = groups.map(([name = '']) => name);
  const machines = inOrder.map((name) => machine({ name }));

  expect([...machines].reverse().sort(byName).map(({ name }) => name)).toEqual(inOrder);
});

test('equal names come by id', () => {
  const second = machine({ name: 'box', machineId: 'machine-b' });
  const first = machine({ name: 'BOX', machineId: 'machine-a' });

  expect([second, first].sort(byName)).toEqual([first, second]);
});

test('machines whose names look the same, or like nothing, are twins', () => {
  const names = ['box', 'other', 'box\u200b', '\u200b', 'caf\u00e9', 'cafe\u0301'];
  const machines = names.map((name) => machine({ name }));

  const twins = twinsOf(machines);

  expect(machines.filter(({ machineId }) => twins.has(machineId)).map(({ name }) => name)).toEqual(names.filter((name) => name !== 'other'));
});

test('what is seen of a name has nothing invisible', () => {
  expect(visiblePart(' \u202ebox\u200b\u3164 ')).toBe('box');
});
