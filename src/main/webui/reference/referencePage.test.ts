import { METHODS } from './document';
import { readDocument } from './plugin';
import { referencePage } from './referencePage';

const document = readDocument();
const page = referencePage(document);

test('every operation is shown, with its path and its answers', () => {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  );

  expect(operations.length).toBeGreaterThan(15);
  for (const { path, method, operation } of operations) {
    const [, section = ''] = page.split(`<section id="${operation.operationId}">`);
    expect(section).toContain(`<strong>${method.toUpperCase()}</strong> ${path}</code>`);
    for (const status of Object.keys(operation.responses)) {
      expect(section.split('</section>')[0]).toContain(`<td>${status}</td>`);
    }
  }
});

test('every link leads to something on the page', () => {
  const targets = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);

  expect(links.length).toBeGreaterThan(50);
  expect(links.filter((id) => !targets.has(id))).toEqual([]);
});

test('it needs no script, no inline style and nobody else', () => {
  expect(page).not.toMatch(/<script|style=|<style|(src|href)="(https?:)?\/\//);
});

test('what the document says in Markdown is marked up, and nothing of it is HTML by itself', () => {
  expect(page).not.toMatch(/\| --- \||`/);
  expect(page).toContain('&lt;machineId&gt;:&lt;secret&gt;');
});
