const PAGE = '/app/';

/**
 * What comes before the service's own paths, as in `/registry/app/` where a proxy leads there. A worker is below the page too; the last
 * `/app/` counts, because what a proxy puts before it may have one.
 */
export function basePathOf(pathname: string): string {
  const at = pathname.lastIndexOf(PAGE);
  return at < 0 ? '' : pathname.slice(0, at);
}

export const basePath = basePathOf(globalThis.location.pathname);

/** Where this page finds a path of the service. */
export function servicePath(path: string): string {
  return basePath + path;
}
