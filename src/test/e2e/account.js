import { createSign, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { visit } from './browser.js';

const A_DAY = 86_400;

/**
 * A person with an account at a browser of their own. Their session is signed with the service's own key, as it signs one for whoever
 * comes back from a provider: a Keycloak of their own would take most of the time of what only looks at the page.
 *
 * @param person `id`, `name`, and `teams` as a provider claims them
 */
export async function visitAs(browser, service, person, path = '/app/') {
  const visitor = await visit(browser, { url: 'about:blank#' });
  await visitor.context.addCookies([{ name: await cookieName(service), value: await sessionOf(service, person), url: service.url }]);
  await visitor.page.goto(service.url + path);
  return visitor;
}

async function cookieName(service) {
  const { headers } = await fetch(`${service.url}/api/sessions`, { method: 'POST' });
  return /^[^=]+/.exec(headers.get('Set-Cookie'))[0];
}

/** The JWT of a session. */
export async function sessionOf({ dataDirectory }, { id, name, teams = [] }) {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    iss: 'machine-registry',
    aud: ['urn:machine-registry:session'],
    sub: id,
    jti: randomBytes(16).toString('base64url'),
    groups: ['user'],
    anonymous: false,
    session_started: now,
    iat: now,
    exp: now + A_DAY,
    name,
    teams,
  };
  const unsigned = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const key = await readFile(join(dataDirectory, 'session-key.pem'));
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(key).toString('base64url')}`;
}
