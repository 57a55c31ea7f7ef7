import { render, screen } from '@testing-library/react';

import { ErrorBoundary } from './ErrorBoundary';

function Faulty(): never {
  throw new Error('a fault of the page');
}

test('a fault of the page leaves words and a way on, not nothing', () => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);

  render(
    <ErrorBoundary>
      <Faulty />
    </ErrorBoundary>,
  );

  expect(screen.getByRole('alert')).toHaveTextContent('This page has a fault and cannot go on');
  expect(screen.getByRole('button', { name: 'Reload the page' })).toBeVisible();
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Machine registry');
});
