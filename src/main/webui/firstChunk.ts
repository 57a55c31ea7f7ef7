import type { Rolldown } from 'vite';

/**
 * Gathers all that `main.tsx` imports in one chunk. Rolldown would make a chunk of each few modules that dialogs use as well: more requests
 * before anything shows, and small files compress worse. What is imported when it is wanted keeps chunks of its own.
 */
export const firstChunk: Rolldown.CodeSplittingGroup = {
  name(id, context) {
    const usersOf = (module: string) => context.getModuleInfo(module)?.importers ?? [];
    const users = new Set(usersOf(id));
    users.forEach((user) => usersOf(user).forEach((next) => users.add(next)));
    return [...users].some((user) => user.endsWith('/src/main.tsx')) ? 'page' : null;
  },
};
