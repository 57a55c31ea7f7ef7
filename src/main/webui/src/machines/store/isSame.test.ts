import { machine } from '../../testing/machines';
import { isSame } from './isSame';

const shared = machine({ name: 'gateway', sharedBy: ['build-7', 'build-9'], agentVersion: 'agent.sh 1.4', alertAfterSeconds: 300 });

test('an entry that was read again is the same', () => {
  expect(isSame(shared, structuredClone(shared))).toBe(true);
});

test.each(Object.keys(shared))('an entry with another %s is another', (field) => {
  expect(isSame(shared, { ...shared, [field]: 'something else' })).toBe(false);
});

test('a field that comes or goes makes another entry', () => {
  const alone = machine();
  const shared = { ...alone, sharedBy: ['build-7', 'build-9'] };

  expect(isSame(alone, shared)).toBe(false);
  expect(isSame(shared, alone)).toBe(false);
  expect(isSame(alone, { ...alone, aFieldOfTomorrow: 1 } as typeof alone)).toBe(false);
});

test.each([[['build-7']], [['build-7', 'build-8']], [['build-9', 'build-7']], [['build-7', 'build-9', 'build-11']]])(
  'a list of %j is another',
  (sharedBy) => expect(isSame(shared, { ...shared, sharedBy })).toBe(false),
);

test('labels are compared by what they say', () => {
  const labelled = { labels: { env: 'prod' } };

  expect(isSame(labelled, { labels: { env: 'prod' } })).toBe(true);
  expect(isSame(labelled, { labels: { env: 'test' } })).toBe(false);
});
