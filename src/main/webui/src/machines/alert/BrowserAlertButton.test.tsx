import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { browserPermission } from '../../ui/browserPermission';
import { BrowserAlertButton } from './BrowserAlertButton';

afterEach(() => {
  act(() => browserPermission.set('denied'));
  vi.unstubAllGlobals();
});

test.each(['granted', 'denied'] as const)('whoever wants to see alerts in the browser is asked once, and answers %s', async (answer) => {
  const requestPermission = vi.fn(async () => answer);
  vi.stubGlobal('Notification', { permission: 'default', requestPermission });
  browserPermission.set('default');
  render(<BrowserAlertButton />);
  expect(requestPermission).not.toHaveBeenCalled();

  await userEvent.click(screen.getByRole('button', { name: 'Show it in this browser, too' }));

  expect(screen.queryByRole('button')).not.toBeInTheDocument();
  expect(requestPermission).toHaveBeenCalledOnce();
});

test.each(['granted', 'denied'] as const)('a browser that was asked before, and answered %s, is not asked', (answer) => {
  browserPermission.set(answer);

  render(<BrowserAlertButton />);

  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
