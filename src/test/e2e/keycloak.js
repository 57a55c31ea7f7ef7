import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { FOR_A_SHORT_LIFE, hasEnded, isThere, until } from './service.js';

const UNPACKED = resolve(import.meta.dirname, '../../../target/keycloak');
const REALM = resolve(import.meta.dirname, '../provider/realm.json');
const CLIENT = { client_id: 'machine-registry', client_secret: 'a-secret-of-the-test' };
const LONGEST_START = 180_000;
const LONGEST_ANSWER = 60_000;
// Seconds: few enough to be waited for, and enough for a sign-in on a busy machine, which ends with a token that is still good.
const TOKEN_LIFETIME = 10;

/** The people of the realm; `mia` is in more teams than a cookie has room for. */
export const PEOPLE = Object.fromEntries(
  ['ada', 'bob', 'vera', 'grace', 'mia'].map((username) => [username, { username, password: `${username}'s password` }]),
);

/**
 * A real Keycloak, in a directory that is gone afterwards; the build has unpacked it for ProviderIT. Its host is another than the
 * service's, as in real life: to the browser the two are different sites.
 *
 * @param serviceUrls where people are led back to
 */
export async function startKeycloak(port, ...serviceUrls) {
  const home = await mkdtemp(join(tmpdir(), 'machine-registry-keycloak-'));
  const [folder] = (await readdir(UNPACKED)).filter((name) => name.startsWith('keycloak-'));
  for (const part of ['bin', 'conf', 'providers', 'themes']) {
    await cp(join(UNPACKED, folder, part), join(home, part), { recursive: true, preserveTimestamps: true });
  }
  // Most of it, and what its first start builds there serves every other one.
  await symlink(join(UNPACKED, folder, 'lib'), join(home, 'lib'));
  await mkdir(join(home, 'data/import'), { recursive: true });
  await writeFile(join(home, 'data/import/realm.json'), await realmFor(serviceUrls));
  const options = ['start-dev', '--db=dev-mem', '--import-realm', '--http-host=127.0.0.1', `--http-port=${port}`];
  // Its script and its JVM are one group.
  const script = spawn('sh', [join(home, 'bin/kc.sh'), ...options], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, JAVA_OPTS_APPEND: FOR_A_SHORT_LIFE },
  });
  let log = '';
  for (const stream of [script.stdout, script.stderr]) {
    stream.on('data', (text) => (log += text));
  }
  const realm = `http://127.0.0.1:${port}/realms/machines`;
  const keycloak = {
    realm,
    async end() {
      if (!hasEnded(script)) {
        const exit = once(script, 'exit');
        process.kill(-script.pid, 'SIGTERM');
        await exit;
      }
      await rm(home, { recursive: true, force: true });
    },
    accessToken: (person) => accessToken(realm, person),
  };
  const started = async () => {
    assert.ok(!hasEnded(script), `Keycloak ended:\n${log}`);
    return isThere(`${realm}/.well-known/openid-configuration`);
  };
  await until(() => `Keycloak starts\n${log}`, started, LONGEST_START).catch(async (failure) => {
    await keycloak.end();
    throw failure;
  });
  return keycloak;
}

/** The settings of a service whose people are those of the Keycloak that will be at this port. */
export function settingsFor(port) {
  return {
    'quarkus.oidc.auth-server-url': `http://127.0.0.1:${port}/realms/machines`,
    'quarkus.oidc.client-id': CLIENT.client_id,
    'quarkus.oidc.credentials.secret': CLIENT.client_secret,
    'teams.prefix': '/',
    'teams.administrators': 'administrators',
  };
}

async function realmFor(serviceUrls) {
  const below = (path) => serviceUrls.map((url) => url + path);
  const text = (await readFile(REALM, 'utf8'))
    .replace('["SIGN-IN"]', JSON.stringify(below('/api/sessions/sign-in')))
    // Keycloak keeps several in one attribute.
    .replace('"SIGN-OUT"', JSON.stringify(below('/app').join('##')));
  const realm = JSON.parse(text);
  const groups = Array.from({ length: 90 }, (_, index) => `team-${100 + index}-of-a-large-organisation`);
  realm.groups.push(...groups.map((name) => ({ name })));
  realm.users.push(mia(realm.users[0], groups));
  return JSON.stringify({ ...realm, accessTokenLifespan: TOKEN_LIFETIME });
}

function mia(another, groups) {
  const { username, password } = PEOPLE.mia;
  const credentials = [{ type: 'password', value: password, temporary: false }];
  return { ...another, username, email: 'mia@example.org', credentials, groups: groups.map((name) => `/${name}`) };
}

/** What a program of this person would have: the token, and when it ends, in milliseconds since the epoch. */
async function accessToken(realm, { username, password }) {
  const response = await fetch(`${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    signal: AbortSignal.timeout(LONGEST_ANSWER),
    body: new URLSearchParams({ ...CLIENT, grant_type: 'password', username, password }),
  });
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  const { access_token: token } = await response.json();
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  return { token, endsAt: exp * 1_000 };
}
