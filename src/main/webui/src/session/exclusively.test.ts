import { exclusively } from './exclusively';

// Of a browser: whoever has to wait is told when their signal ends it.
function locksHeldByAnotherTab(): Pick<LockManager, 'request'> {
  return {
    request: (_name: string, { signal }: LockOptions) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
  } as Pick<LockManager, 'request'>;
}

const free: Pick<LockManager, 'request'> = {
  request: ((_name: string, _options: LockOptions, action: () => Promise<unknown>) => action()) as LockManager['request'],
};

function theBrowserHas(locks: Pick<LockManager, 'request'>): void {
  vi.stubGlobal('navigator', { ...navigator, locks });
}

afterEach(() => vi.unstubAllGlobals());

test('who has patience for a moment alone goes on without the others', async () => {
  theBrowserHas(locksHeldByAnotherTab());
  const action = vi.fn(() => Promise.resolve('done'));

  await expect(exclusively('a', action, 10)).resolves.toBe('done');

  expect(action).toHaveBeenCalledOnce();
});

test('an action that fails is not repeated', async () => {
  theBrowserHas(free);
  const action = vi.fn(() => Promise.reject(new Error('It failed.')));

  await expect(exclusively('a', action, 10)).rejects.toThrow('It failed.');

  expect(action).toHaveBeenCalledOnce();
});
