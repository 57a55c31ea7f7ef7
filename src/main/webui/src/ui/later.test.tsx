import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

import { later, laterDialog } from './later';

const Part = ({ name }: { name: string }) => <p>Here is {name}</p>;

test('what does not load is told, and can be tried again', async () => {
  let fails = true;
  const Later = later(async () => (fails ? Promise.reject(new TypeError('no chunk')) : Part));
  render(<Later name="the part" />);

  expect(await screen.findByRole('alert')).toHaveTextContent('could not be loaded');
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

  expect(await screen.findByText('Here is the part')).toBeVisible();
});

test('what is loaded is there at once the next time', async () => {
  let loads = 0;
  const Later = later(async () => {
    loads++;
    return Part;
  });
  const { unmount } = render(<Later name="one" />);
  await screen.findByText('Here is one');
  unmount();

  render(<Later name="another" />);

  expect(screen.getByText('Here is another')).toBeVisible();
  expect(loads).toBe(1);
});

test('a dialog that does not load can be closed', async () => {
  const closed = vi.fn();
  const LaterDialog = laterDialog<{ onClose: () => void }>(() => Promise.reject(new TypeError('no chunk')));
  render(<LaterDialog onClose={closed} />);

  await screen.findByRole('dialog', { name: 'This did not load' });
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));

  expect(closed).toHaveBeenCalledOnce();
});
