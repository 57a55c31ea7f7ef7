import { fragmentOf, parseAddress, type PageAddress } from './pageAddress';
import { EVERYTHING } from './view';

test.each<[string, PageAddress]>([
  ['', { owner: 'me', selectedId: null, view: EVERYTHING }],
  ['#/machines/a-machine_1', { owner: 'me', selectedId: 'a-machine_1', view: EVERYTHING }],
  ['#/machines?q=a+%26+b%3F&status=attention', { owner: 'me', selectedId: null, view: { ...EVERYTHING, search: 'a & b?', status: 'attention' } }],
  ['#/machines/a-machine_1?sort=lastSeen', { owner: 'me', selectedId: 'a-machine_1', view: { ...EVERYTHING, sort: 'lastSeen' } }],
  ['#/machines?owner=team%3Aops&sort=name', { owner: 'team:ops', selectedId: null, view: { ...EVERYTHING, sort: 'name' } }],
  ['#/machines?label=env%3Dprod&label=%21gpu&group=zone', { owner: 'me', selectedId: null, view: { ...EVERYTHING, labels: ['env=prod', '!gpu'], group: 'zone' } }],
  ['#/machines/a-machine_1?assistant=a+1', { owner: 'me', selectedId: 'a-machine_1', assistantId: 'a 1', view: EVERYTHING }],
])('the address %s says what shows, and is said by it', (fragment, address) => {
  expect(parseAddress(fragment)).toEqual(address);
  expect(fragmentOf(address)).toBe(fragment);
});

test.each(['#claim=a.b', '#/machines?assistant=a1', '#/machines?status=broken&sort=colour', '#/machinesX?q=x', '#/machines?label=machine.os%3DLinux&label=Env&group=a%20b', '#'])('what %s says is as in a new page', (fragment) => {
  expect(parseAddress(fragment)).toEqual({ owner: 'me', selectedId: null, view: EVERYTHING });
});
