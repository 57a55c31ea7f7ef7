/** What a page takes of the browser: its main thread, its memory, and the time until its list shows. */

/**
 * Counts frames and long tasks, which are those over 50 ms, from now on. It keeps sums and no list, because the heap is measured, too.
 *
 * @returns ends the counting and gives the figures, in milliseconds
 */
export async function watchMainThread(page) {
  await page.evaluate(() => {
    const begun = performance.now();
    const figures = { frames: 0, longestFrame: 0, longTasks: 0, longestTask: 0, inLongTasks: 0 };
    let last = begun;
    let request = requestAnimationFrame(function frame(now) {
      figures.frames++;
      figures.longestFrame = Math.max(figures.longestFrame, now - last);
      last = now;
      request = requestAnimationFrame(frame);
    });
    const count = (tasks) => {
      for (const { duration } of tasks.filter(({ startTime }) => startTime >= begun)) {
        figures.longTasks++;
        figures.longestTask = Math.max(figures.longestTask, duration);
        figures.inLongTasks += duration;
      }
    };
    const observer = new PerformanceObserver((list) => count(list.getEntries()));
    observer.observe({ type: 'longtask', buffered: true });
    globalThis.endOfWatch_ = () => {
      count(observer.takeRecords());
      observer.disconnect();
      cancelAnimationFrame(request);
      return { ...figures, time: performance.now() - begun };
    };
  });
  return () => page.evaluate(() => globalThis.endOfWatch_());
}

/** The bytes of JavaScript that are left after a garbage collection. */
export async function heapOf(devTools) {
  await devTools.send('HeapProfiler.collectGarbage');
  return (await devTools.send('Runtime.getHeapUsage')).usedSize;
}

/**
 * A CDP session with the SharedWorker of that address. Playwright has none, and takes no answers of targets that it does not know; so they
 * come as events of the browser's own session.
 */
export async function attachToWorker(browser, address) {
  const devTools = await browser.newBrowserCDPSession();
  const { targetInfos } = await devTools.send('Target.getTargets', { filter: [{ type: 'shared_worker' }] });
  const { targetId } = targetInfos.find(({ url }) => url.startsWith(address));
  const { sessionId } = await devTools.send('Target.attachToTarget', { targetId, flatten: false });
  const answers = new Map();
  let sent = 0;
  devTools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    const answer = answers.get(id);
    answers.delete(id);
    return error ? answer?.reject(new Error(error.message)) : answer?.resolve(result);
  });
  return {
    async send(method, params = {}) {
      const id = ++sent;
      const answer = new Promise((resolve, reject) => answers.set(id, { resolve, reject }));
      await devTools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
      return answer;
    },
  };
}

/** From now on each document of the page notes when the first frame with machines was drawn. */
export function watchFirstRows(page) {
  return page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('[data-machine-id]')) {
        observer.disconnect();
        // What is asked for before a frame comes after it.
        requestAnimationFrame(() => setTimeout(() => (globalThis.firstRowsAt_ = performance.now())));
      }
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

/** Milliseconds from the last byte of the page's script to that frame. */
export async function firstRowsAfterScript(page) {
  await page.waitForFunction(() => globalThis.firstRowsAt_ !== undefined);
  return page.evaluate(() => {
    const { src } = document.querySelector('script[type=module]');
    const [script] = performance.getEntriesByName(src, 'resource');
    return globalThis.firstRowsAt_ - script.responseEnd;
  });
}
