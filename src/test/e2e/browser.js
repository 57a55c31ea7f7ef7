import { chromium } from 'playwright-core';

export function launchBrowser() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

// What is awaited comes long before, but not on a machine that is busy with something else.
const LONGEST_WAIT = 60_000;

/** A person at a browser of their own. */
export async function visit(browser, service, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  context.setDefaultTimeout(LONGEST_WAIT);
  const page = await context.newPage();
  await page.goto(`${service.url}/`);
  return { context, page };
}
