import { chromium } from 'playwright-core';

/** A host name that leads to this machine in the browser, and that the browser does not take for itself: http there is plain http. */
export const ELSEWHERE = 'machines.test';

export function launchBrowser(options = []) {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`, ...options],
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
