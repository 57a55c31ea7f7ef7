import { basePathOf } from './servicePath';

test('the service is wherever the page is', () => {
  expect(basePathOf('/app/')).toBe('');
  expect(basePathOf('/registry/app/')).toBe('/registry');
  expect(basePathOf('/tools/app/app/')).toBe('/tools/app');
});

test('a worker finds the service from its own script', () => {
  expect(basePathOf('/registry/app/assets/feed.worker-x1.js')).toBe('/registry');
  expect(basePathOf('/app/src/machines/feed/feed.worker.ts')).toBe('');
});
