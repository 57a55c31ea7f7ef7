import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** A proxy that leads to the service from below a path, which it takes off or leaves on. It passes on the host and nothing else. */
export async function startPrefixProxy(prefix, { keeps }) {
  let target;
  const server = createServer((incoming, outgoing) => {
    if (!incoming.url.startsWith(`${prefix}/`)) {
      outgoing.writeHead(418).end('nothing of the service is here');
      return;
    }
    const path = keeps ? incoming.url : incoming.url.slice(prefix.length);
    const onward = request(`${target}${path}`, { method: incoming.method, headers: incoming.headers });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    url: `http://localhost:${server.address().port}${prefix}`,

    leadTo(service) {
      target = service.url;
    },

    async end() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
