import { EVERYTHING, totalsOf, viewOf } from './view';
import { machine } from '../testing/machines';

const machines = [
  machine({ name: 'alpha', status: 'online', offlineReason: null, assistantCount: 2 }),
  machine({ name: 'Beta', lastSeen: 2_000, offlineReason: 'disconnected' }),
  machine({ name: 'gamma', lastSeen: 3_000, offlineReason: 'disconnected', assistantCount: 7 }),
];

const namesOf = (view: Partial<typeof EVERYTHING>) => viewOf(machines, { ...EVERYTHING, ...view }).map(({ name }) => name);

test('a search finds a part of the name in any case', () => {
  expect(namesOf({ search: ' BET ' })).toEqual(['Beta']);
});

test('a filter shows only one status', () => {
  expect(namesOf({ status: 'online' })).toEqual(['alpha']);
  expect(namesOf({ status: 'offline' })).toEqual(['Beta', 'gamma']);
});

test('sorting puts first what needs a look, was seen last, or has most assistants', () => {
  expect(namesOf({ sort: 'status' })).toEqual(['Beta', 'gamma', 'alpha']);
  expect(namesOf({ sort: 'lastSeen' })).toEqual(['alpha', 'gamma', 'Beta']);
  expect(namesOf({ sort: 'assistants' })).toEqual(['gamma', 'alpha', 'Beta']);
});

test('totals count by status', () => {
  expect(totalsOf(machines)).toEqual({ all: 3, online: 1, offline: 2 });
});
