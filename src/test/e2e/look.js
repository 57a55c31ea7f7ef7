import assert from 'node:assert/strict';
import { resolve } from 'node:path';

import axe from 'axe-core';

const SCREENSHOTS = resolve(import.meta.dirname, '../../../docs/screenshots');

const LOOKS = {
  light: { size: [1280, 800], colorScheme: 'light' },
  dark: { size: [1280, 800], colorScheme: 'dark' },
  narrow: { size: [360, 740], colorScheme: 'light' },
  forced: { size: [1024, 740], colorScheme: 'dark', forcedColors: 'active' },
  'forced light': { size: [1024, 740], colorScheme: 'light', forcedColors: 'active' },
};

/** Axe finds nothing, in light, dark, narrow and forced colours; and a screenshot of each of the first three is kept where one is asked for. */
export async function look(where, screenshot) {
  for (const [name, look] of Object.entries(LOOKS)) {
    await show(where, look);
    assert.deepEqual(await violations(where), [], name);
    assert.deepEqual(await where.evaluate(sideways), [], `${name} scrolls sideways`);
    if (screenshot && !look.forcedColors) {
      await where.screenshot({ path: `${SCREENSHOTS}/${screenshot}-${name}.png` });
    }
  }
  await show(where, LOOKS.light);
}

// By hand: axe's own package for Playwright opens another page each time, for frames that this page has none of, and brings all that is well.
async function violations(where) {
  if (!(await where.evaluate(() => 'axe' in globalThis))) {
    await where.evaluate(axe.source);
  }
  const found = await where.evaluate(async () => (await axe.run({ resultTypes: ['violations'] })).violations);
  return found.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]);
}

/** Done when the page stands as it will stay: in this size and these colours, laid out and drawn. */
async function show(where, { size: [width, height], colorScheme, forcedColors = 'none' }) {
  await where.emulateMedia({ colorScheme, forcedColors, reducedMotion: 'reduce' });
  await where.waitForFunction((colorScheme) => matchMedia(`(prefers-color-scheme: ${colorScheme})`).matches, colorScheme);
  await resize(where, width, height);
  assert.deepEqual(await where.evaluate(motion), [], 'what moves where no motion is wanted');
}

/** Done when the page stands as it will stay in this size, in pixels. */
export async function resize(where, width, height) {
  await where.setViewportSize({ width, height });
  await where.waitForFunction((width) => innerWidth === width, width);
  // The first frame tells the page of its new size, and what it makes of that is drawn before the second ends.
  await where.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

function motion() {
  return document.getAnimations().map(({ constructor, transitionProperty, animationName }) => `${constructor.name} ${transitionProperty ?? animationName}`);
}

function sideways() {
  const whole = [document.documentElement, ...document.querySelectorAll('dialog')];
  return whole.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ localName }) => localName);
}

/** In the page: pairs of texts within a row whose boxes meet. */
export function overprinted() {
  const boxes = (row) => {
    const texts = [];
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const box = range.getBoundingClientRect();
      const clip = walker.currentNode.parentElement.getBoundingClientRect();
      texts.push({ text: walker.currentNode.data, left: box.left, right: Math.min(box.right, clip.right), top: box.top, bottom: box.bottom });
    }
    return texts.filter(({ left, right }) => right > left);
  };
  const meet = (one, other) =>
    one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 3 && other.top < one.bottom - 3;
  return [...document.querySelectorAll('tbody tr')].flatMap((row) => {
    const texts = boxes(row);
    return texts.flatMap((one, index) => texts.slice(index + 1).filter((other) => meet(one, other)).map((other) => [one.text, other.text]));
  });
}
