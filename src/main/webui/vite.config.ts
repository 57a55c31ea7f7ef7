import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { firstChunk } from './firstChunk.ts';
import { apiReference } from './reference/plugin.ts';
import { sizeBudget } from './sizeBudget.ts';

export default defineConfig(({ command }) => ({
  // Relative, so that the page works below any path that a proxy leads to it from; Vite's own server knows no such address.
  base: command === 'build' ? './' : '/app/',
  plugins: [react(), sizeBudget(110_000), apiReference()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [firstChunk] } } },
  },
  // Quinoa looks for it at the port that application.properties reads from the same variable.
  server: { port: Number(process.env.VITE_PORT ?? 5173), strictPort: true },
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: './src/testing/setup.ts',
    css: false,
    restoreMocks: true,
    testTimeout: 30_000,
    // Nothing else computes meanwhile: by default one processor is left free, which of two is half.
    maxWorkers: '100%',
  },
}));
