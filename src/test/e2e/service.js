import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// The optimizing compiler takes more processor time than it gives back in a test.
export const FOR_A_SHORT_LIFE = '-XX:TieredStopAtLevel=1';
const JAR = resolve(import.meta.dirname, '../../../target/quarkus-app/quarkus-run.jar');
const LONGEST_START = 180_000;
const LONGEST_ANSWER = 10_000;
const PAUSE = 200;

// Below those that the system gives to connections: what is free now stays free, also while the service restarts.
const PORTS = { from: 20_000, to: 32_000 };

/** Asks again and again until it is so, and fails with what was awaited where it is not in time. */
export async function until(awaited, isSo, longest = 60_000) {
  const end = Date.now() + longest;
  while (!(await isSo())) {
    if (Date.now() > end) {
      throw new Error(`Not within ${longest / 1_000} seconds: ${awaited()}`);
    }
    await pause(PAUSE);
  }
}

/** Whether somebody answers there, and with what is no error. */
export async function isThere(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(LONGEST_ANSWER) })).ok;
  } catch {
    return false;
  }
}

/** One that other tests leave out until this process ends: it reserves the UDP port of the same number, which no server here uses. */
export async function freePort() {
  const port = randomInt(PORTS.from, PORTS.to);
  const reservation = createSocket('udp4').unref();
  const server = createServer();
  try {
    reservation.bind({ port, address: '127.0.0.1', exclusive: true });
    await once(reservation, 'listening');
    server.listen(port);
    await once(server, 'listening');
  } catch (failure) {
    if (failure.code === 'EADDRINUSE') {
      return freePort();
    }
    throw failure;
  }
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The packaged service with a PostgreSQL of its own, in a directory that is gone afterwards.
 *
 * @param given where somebody has to know the port before it starts
 */
export async function startService(settings = {}, given = undefined) {
  const directory = await mkdtemp(join(tmpdir(), 'machine-registry-e2e-'));
  const port = given ?? (await freePort());
  const url = `http://localhost:${port}`;
  const dataDirectory = join(directory, 'data');
  const options = Object.entries({
    'quarkus.http.port': port,
    'embedded.data-dir': dataDirectory,
    'presence.heartbeat': '1s',
    'presence.ttl': '4s',
    // All people of a test come from one address.
    'sessions.anonymous-rate': 1_000_000,
    ...settings,
  }).map(([name, value]) => `-D${name}=${value}`);
  let java;

  const service = {
    url,
    dataDirectory,
    async start() {
      java = spawn('java', [FOR_A_SHORT_LIFE, ...options, '-jar', JAR], { stdio: ['ignore', 'pipe', 'pipe'] });
      let log = '';
      for (const stream of [java.stdout, java.stderr]) {
        stream.on('data', (text) => (log += text));
      }
      const started = async () => {
        assert.ok(!hasEnded(java), `The service ended:\n${log}`);
        return isThere(`${url}/q/health/ready`);
      };
      await until(() => `the service starts\n${log}`, started, LONGEST_START);
    },
    async stop() {
      if (java && !hasEnded(java)) {
        const exit = once(java, 'exit');
        java.kill('SIGTERM');
        await exit;
      }
    },
    async end() {
      await service.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await service.start().catch(async (failure) => {
    await service.end();
    throw failure;
  });
  return service;
}

export function hasEnded({ exitCode, signalCode }) {
  return exitCode !== null || signalCode !== null;
}
