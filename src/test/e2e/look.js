import assert from 'node:assert/strict';
import { resolve } from 'node:path';

import { AxeBuilder } from '@axe-core/playwright';

const SCREENSHOTS = resolve(import.meta.dirname, '../../../docs/screenshots');

/** Axe finds nothing, in light, dark and narrow; and a screenshot of each is kept where one is asked for. */
export async function look(where, screenshot) {
  const looks = { light: [1280, 800, 'light'], dark: [1280, 800, 'dark'], narrow: [360, 740, 'light'] };
  for (const [look, [width, height, colorScheme]] of Object.entries(looks)) {
    await where.setViewportSize({ width, height });
    await where.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page: where }).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], look);
    const overflow = await where.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `${look} scrolls sideways`);
    if (screenshot) {
      await where.screenshot({ path: `${SCREENSHOTS}/${screenshot}-${look}.png` });
    }
  }
  await where.setViewportSize({ width: 1280, height: 800 });
  await where.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}
