import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const UNPACKED = resolve(import.meta.dirname, '../../../target/keycloak');
const REALM = resolve(import.meta.dirname, '../provider/realm.json');
const LONGEST_START = 180_000;

export const PERSON = { name: 'Ada Lovelace', username: 'ada', password: "ada's password" };

/** The service's settings for the Keycloak that will be at this port. */
export function providerAt(port) {
  return {
    'quarkus.oidc.auth-server-url': `http://localhost:${port}/realms/machines`,
    'quarkus.oidc.client-id': 'machine-registry',
    'quarkus.oidc.credentials.secret': 'a-secret-of-the-test',
  };
}

/** A real Keycloak that people sign in with to the service at this address; the build has unpacked it for ProviderIT. */
export async function startKeycloak(port, serviceUrl) {
  const [folder] = (await readdir(UNPACKED)).filter((name) => name.startsWith('keycloak-'));
  const home = await mkdtemp(join(tmpdir(), 'machine-registry-keycloak-'));
  await cp(join(UNPACKED, folder), home, { recursive: true });
  await mkdir(join(home, 'data/import'), { recursive: true });
  const realm = (await readFile(REALM, 'utf8'))
    .replace('"SIGN-IN"', JSON.stringify(`${serviceUrl}/api/sessions/sign-in`))
    .replace('"SIGN-OUT"', JSON.stringify(`${serviceUrl}/app`));
  await writeFile(join(home, 'data/import/realm.json'), realm);
  const options = ['start-dev', '--db=dev-mem', '--import-realm', '--http-host=localhost', `--http-port=${port}`];
  const java = spawn('sh', [join(home, 'bin/kc.sh'), ...options], { stdio: 'ignore' });
  const keycloak = {
    async end() {
      if (java.exitCode === null && java.signalCode === null) {
        const exit = once(java, 'exit');
        java.kill('SIGTERM');
        await exit;
      }
      await rm(home, { recursive: true, force: true });
    },
  };
  const end = Date.now() + LONGEST_START;
  // It leads people to Keycloak as soon as it reaches it.
  while ((await fetch(`${serviceUrl}/api/sessions/sign-in`, { redirect: 'manual' })).status !== 303) {
    if (java.exitCode !== null || Date.now() > end) {
      await keycloak.end();
      throw new Error('Keycloak did not start');
    }
    await pause(500);
  }
  return keycloak;
}
