import { gzipSync } from 'node:zlib';

import type { Plugin } from 'vite';

/** Fails the build when all of its JavaScript together, gzipped, is larger than this many bytes. */
export function sizeBudget(mostBytes: number): Plugin {
  const sizes = new Map<string, number>();
  return {
    name: 'size-budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        // A worker comes as an asset of its own.
        if (file.fileName.endsWith('.js')) {
          sizes.set(file.fileName, gzipSync(file.type === 'chunk' ? file.code : file.source).length);
        }
      }
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      if (total > mostBytes) {
        this.error(`JavaScript is ${total} bytes gzipped; at most ${mostBytes} are allowed`);
      }
      this.info(`JavaScript is ${total} bytes gzipped, of ${mostBytes} allowed`);
    },
  };
}
