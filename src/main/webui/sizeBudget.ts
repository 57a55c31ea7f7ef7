import { gzipSync } from 'node:zlib';

import type { Plugin, Rolldown } from 'vite';

/** Fails the build when the JavaScript that the page loads before anything is clicked, gzipped, is larger than this many bytes. */
export function sizeBudget(mostBytes: number): Plugin {
  const sizes = new Map<string, number>();
  return {
    name: 'size-budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      const first = loadedFirst(bundle);
      for (const file of Object.values(bundle)) {
        // A worker comes as an asset of its own.
        if (file.fileName.endsWith('.js') && (file.type === 'asset' || first.has(file.fileName))) {
          sizes.set(file.fileName, gzipSync(file.type === 'chunk' ? file.code : file.source).length);
        }
      }
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      if (first.size === 0) {
        this.error('There is no JavaScript that is loaded first');
      }
      if (total > mostBytes) {
        this.error(`The JavaScript that is loaded first is ${total} bytes gzipped; at most ${mostBytes} are allowed`);
      }
      this.info(`The JavaScript that is loaded first is ${total} bytes gzipped, of ${mostBytes} allowed`);
    },
  };
}

/** The names of the entry and of all that it imports, but for what it imports when it is wanted. */
function loadedFirst(bundle: Rolldown.OutputBundle): ReadonlySet<string> {
  const names = new Set(Object.values(bundle).flatMap((file) => (file.type === 'chunk' && file.isEntry ? [file.fileName] : [])));
  for (const name of names) {
    const file = bundle[name];
    if (file?.type === 'chunk') {
      file.imports.forEach((imported) => names.add(imported));
    }
  }
  return names;
}
