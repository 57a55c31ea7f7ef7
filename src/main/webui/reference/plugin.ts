import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { load } from 'js-yaml';
import type { Plugin } from 'vite';

import type { Document } from './document.ts';
import { referencePage } from './referencePage.ts';

const DOCUMENT = resolve(import.meta.dirname, '../../resources/META-INF/openapi.yaml');

export function readDocument(): Document {
  return load(readFileSync(DOCUMENT, 'utf8')) as Document;
}

/** Writes the API's reference beside the page. */
export function apiReference(): Plugin {
  return {
    name: 'api-reference',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'reference.html', source: referencePage(readDocument()) });
    },
  };
}
