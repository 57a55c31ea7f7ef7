import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { freePort, hasEnded, until } from './service.js';

const PAGE = resolve(import.meta.dirname, '../../../docs/proxies.md');
// Debian keeps servers where not every user looks.
const NGINX = [...process.env.PATH.split(':'), '/usr/sbin'].map((folder) => join(folder, 'nginx')).find(existsSync);

/** Why there can be no nginx here; false where there can. */
export const withoutNginx = NGINX === undefined && 'nginx is not installed';

/**
 * A real nginx with TLS, with a configuration of `docs/proxies.md` as it stands there, and a certificate of an authority of its own.
 *
 * @param more a line that the page says to add
 */
export async function startNginx(configuration, more = '') {
  const directory = await mkdtemp(join(tmpdir(), 'machine-registry-nginx-'));
  const port = await freePort();
  const authority = await certify(directory);
  let nginx;
  return {
    url: `https://localhost:${port}`,
    /** By which a browser can be told to believe this authority. */
    authorityKeyHash: hashOfKey(authority),

    async leadTo(service) {
      const server = (await documented(configuration))
        .replace('location / {', `$& ${more}`)
        .replace('listen 443', `listen 127.0.0.1:${port}`)
        .replace('127.0.0.1:8080', new URL(service.url).host)
        .replace('/etc/ssl/machines.pem', join(directory, 'chain.pem'))
        .replace('/etc/ssl/machines.key', join(directory, 'server.key'));
      await writeFile(join(directory, 'nginx.conf'), around(directory, server));
      nginx = spawn(NGINX, ['-c', join(directory, 'nginx.conf'), '-p', directory], { stdio: ['ignore', 'ignore', 'pipe'] });
      let log = '';
      nginx.stderr.on('data', (text) => (log += text));
      await until(() => `nginx starts\n${log}`, () => {
        assert.ok(!hasEnded(nginx), `nginx ended:\n${log}`);
        return accepts(port);
      });
    },

    async end() {
      if (nginx && !hasEnded(nginx)) {
        const exit = new Promise((ended) => nginx.once('exit', ended));
        nginx.kill('SIGTERM');
        await exit;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function documented(name) {
  const [, text] = new RegExp(`<!-- tested: ${name} -->\n\`\`\`nginx\n(.*?)\`\`\`\n`, 's').exec(await readFile(PAGE, 'utf8'));
  return text;
}

function around(directory, server) {
  return `
daemon off;
master_process off;
pid ${directory}/pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
${server}
}
`;
}

/** The server's certificate is sent with that of its authority. */
async function certify(directory) {
  const at = (name) => join(directory, name);
  const openssl = (...options) => execFileSync('openssl', options, { stdio: 'pipe' });
  await writeFile(at('names.cnf'), 'subjectAltName=DNS:localhost\n');
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test authority', '-keyout', at('ca.key'), '-out', at('ca.pem'));
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-keyout', at('server.key'), '-out', at('server.csr'));
  openssl('x509', '-req', '-in', at('server.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-set_serial', '1', '-days', '2', '-extfile', at('names.cnf'), '-out', at('server.pem'));
  const authority = await readFile(at('ca.pem'));
  await writeFile(at('chain.pem'), Buffer.concat([await readFile(at('server.pem')), authority]));
  return authority;
}

function hashOfKey(certificate) {
  const { publicKey } = new X509Certificate(certificate);
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
}

function accepts(port) {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      answer(true);
    });
    socket.once('error', () => answer(false));
  });
}
