import { machine } from '../../testing/machines';
import { needsAttention } from '../status/attention';
import type { Machine } from '../types';
import { assistantsOf, EVERYTHING, totalsOf, viewOf } from './view';

const machines = [
  machine({ name: 'alpha', status: 'online', offlineReason: null, assistantCount: 2 }),
  machine({ name: 'Beta', lastSeen: 2_000, offlineReason: 'disconnected' }),
  machine({ name: 'gamma', lastSeen: 3_000, offlineReason: 'connection_lost', assistantCount: 7 }),
];

const namesOf = (view: Partial<typeof EVERYTHING>) => viewOf(machines, { ...EVERYTHING, ...view }).map(({ name }) => name);

test('a search finds a part of the name in any case', () => {
  expect(namesOf({ search: ' BET ' })).toEqual(['Beta']);
});

test('a search finds a part of the id', () => {
  const { machineId, name } = machines[1] as Machine;

  expect(namesOf({ search: machineId.slice(2).toUpperCase() })).toEqual([name]);
});

test.each([
  ['caf\u00e9', 'CAFE\u0301'],
  ['cafe\u0301', 'Caf\u00c9'],
])('a search finds %s by %s, however either is composed', (name, search) => {
  expect(viewOf([machine({ name })], { ...EVERYTHING, search })).toHaveLength(1);
});

test('what the service finds is shown too, within the filter', () => {
  const [alpha, beta] = machines as [Machine, Machine];
  const found = new Set([alpha.machineId, beta.machineId]);

  expect(viewOf(machines, { ...EVERYTHING, search: 'lab-1', status: 'offline' }, found)).toEqual([beta]);
});

test.each([
  ['connection_lost', true],
  ['missed_heartbeats', true],
  ['disconnected', false],
  ['never_connected', false],
] as const)('whether a machine with the reason %s needs attention is %s', (offlineReason, needs) => {
  expect(needsAttention(machine({ offlineReason }))).toBe(needs);
});

test('a machine that is offline has no assistants', () => {
  expect(assistantsOf(machine({ assistantCount: 7 }))).toBe(0);
  expect(assistantsOf(machine({ status: 'online', assistantCount: 7 }))).toBe(7);
});

test('a filter shows only one status', () => {
  expect(namesOf({ status: 'online' })).toEqual(['alpha']);
  expect(namesOf({ status: 'offline', sort: 'name' })).toEqual(['Beta', 'gamma']);
  expect(namesOf({ status: 'attention' })).toEqual(['gamma']);
});

test('sorting by since puts first what changed last', () => {
  const [alpha, beta, gamma] = machines as [Machine, Machine, Machine];
  const changed = [alpha, { ...beta, statusSince: 3_000 }, { ...gamma, statusSince: 2_000 }];

  expect(viewOf(changed, { ...EVERYTHING, sort: 'since' }).map(({ name }) => name)).toEqual(['Beta', 'gamma', 'alpha']);
});

test('sorting puts first what needs a look, was seen last, or has most assistants', () => {
  expect(namesOf({ sort: 'attention' })).toEqual(['gamma', 'alpha', 'Beta']);
  expect(namesOf({ sort: 'lastSeen' })).toEqual(['alpha', 'gamma', 'Beta']);
  expect(namesOf({ sort: 'assistants' })).toEqual(['alpha', 'Beta', 'gamma']);
});

test('totals count by status', () => {
  expect(totalsOf(machines)).toEqual({ all: 3, attention: 1, online: 1, offline: 2, flapping: 0 });
});

test('a filter shows, and totals count, the machines of the list that flap', () => {
  const { machineId, name } = machines[1] as Machine;
  const flapping = new Set([machineId, 'not-in-the-list']);

  expect(viewOf(machines, { ...EVERYTHING, status: 'flapping' }, undefined, flapping).map((machine) => machine.name)).toEqual([name]);
  expect(totalsOf(machines, flapping).flapping).toBe(1);
});
