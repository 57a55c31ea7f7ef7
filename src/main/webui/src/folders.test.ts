const FILES = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.*', '!./testing/**'], { query: '?raw', import: 'default', eager: true });

/** Which folders each folder imports from. */
function importsByFolder(): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, Set<string>>();
  for (const [path, text] of Object.entries(FILES)) {
    const file = new URL(path, 'file:///src/');
    const imported = imports.get(folderOf(file)) ?? new Set();
    for (const [, specifier = ''] of text.matchAll(/(?:from |import\(|import |new URL\()'(\.[^']+)'/g)) {
      imported.add(folderOf(new URL(specifier, file)));
    }
    imported.delete(folderOf(file));
    imports.set(folderOf(file), imported);
  }
  return imports;
}

function folderOf({ pathname }: URL): string {
  return pathname.slice(1, pathname.lastIndexOf('/'));
}

function reachedFrom(folder: string, imports: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const reached = new Set(imports.get(folder));
  // A set that grows while it is walked is walked to its end.
  reached.forEach((next) => imports.get(next)?.forEach((further) => reached.add(further)));
  return reached;
}

test('no folder imports from one that imports from it, directly or through others', () => {
  const imports = importsByFolder();

  const inCircles = [...imports.keys()].filter((folder) => reachedFrom(folder, imports).has(folder));

  expect([...imports.keys()]).toEqual(expect.arrayContaining(['src/machines/list', 'src/session/gate', 'src/teams']));
  expect(inCircles).toEqual([]);
});
