import { EventEmitter, once } from 'node:events';
import { createServer, request } from 'node:http';

const STREAM = '/api/machines/events';

/**
 * A proxy in front of the service. It can stop passing bytes without closing anything, as a network does that was left, and it can
 * put events of its own on the open streams.
 */
export async function startProxy(service) {
  const open = new Set();
  const passed = new EventEmitter();
  const events = [];
  let isStalled = () => false;
  let opened = 0;

  const server = createServer((incoming, outgoing) => {
    const isStream = incoming.url === STREAM;
    // What came while nothing was passed is never answered, also afterwards.
    const exchange = { outgoing, dead: isStalled(incoming.url), isStream };
    open.add(exchange);
    opened += isStream ? 1 : 0;
    passed.emit('asked', exchange);
    const onward = request(`${service.url}${incoming.url}`, { method: incoming.method, headers: incoming.headers });
    onward.on('response', (answer) => {
      if (exchange.dead) {
        return;
      }
      outgoing.writeHead(answer.statusCode, answer.headers);
      outgoing.flushHeaders();
      answer.on('data', (bytes) => {
        if (!exchange.dead) {
          outgoing.write(bytes);
          note(isStream ? bytes : '');
        }
      });
      answer.on('end', () => exchange.dead || outgoing.end());
    });
    onward.on('error', () => exchange.dead || outgoing.destroy());
    outgoing.on('close', () => {
      open.delete(exchange);
      onward.destroy();
    });
    incoming.pipe(onward);
  });

  function note(bytes) {
    for (const [, name] of String(bytes).matchAll(/^event: ?(\w+)$/gm)) {
      events.push(name);
      passed.emit('event');
    }
  }

  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    url: `http://localhost:${server.address().port}`,

    /** From now on nothing is passed of what is asked of these paths, nor of what is open. */
    stall(path = /./) {
      isStalled = (url) => path.test(url);
      for (const exchange of open) {
        exchange.dead ||= path.test(exchange.isStream ? STREAM : '');
      }
    },

    /** How many streams were asked for. */
    opened: () => opened,

    /** Done when a stream was asked for that will not be answered. */
    async hasHung() {
      const [exchange] = await once(passed, 'asked');
      if (!(exchange.dead && exchange.isStream)) {
        await this.hasHung();
      }
    },

    /** What is asked from now on is answered again; what hangs goes on hanging. */
    resume() {
      isStalled = () => false;
    },

    /** Says something on all streams in the service's stead. */
    say(event, data) {
      for (const { isStream, dead, outgoing } of open) {
        if (isStream && !dead) {
          outgoing.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        }
      }
    },

    /** Done when the service has sent so many events of this name in all. */
    async sent(name, count) {
      while (events.filter((event) => event === name).length < count) {
        await once(passed, 'event', { signal: AbortSignal.timeout(90_000) });
      }
    },

    /** The events that were passed so far, by name. */

    async end() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
