/** Clients that misbehave: whatever they do, the stand-in can be closed and none of its handlers is left over. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readBody, startServer } from '../../../emulator/stand-ins/start-server.ts';
import { drained } from '../../../lambdas/shared/lib/drained.ts';

const POST = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n';

const CLIENTS: [string, (socket: Socket) => void][] = [
  ['says nothing', () => {}],
  ['hangs up at once', (socket) => socket.destroy()],
  ['stops in the headers', (socket) => socket.write('POST / HT')],
  ['stops in the body', (socket) => socket.write(`${POST}\r\n{`)],
  ['hangs up in the body', (socket) => socket.write(`${POST}\r\n{`, () => setTimeout(() => socket.destroy(), 20))],
  ['asks for another protocol', (socket) => socket.write(`${POST}Connection: Upgrade\r\nUpgrade: x\r\n\r\n123456789`)],
  ['asks for a tunnel', (socket) => socket.write('CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n')],
  ['waits to be told to go on', (socket) => socket.write(`${POST}Expect: 100-continue\r\n\r\n`)],
  ['does not read its answer', (socket) => socket.pause().write(`${POST}\r\n123456789`)],
  [
    'hangs up in its answer',
    (socket) => {
      socket.once('data', () => socket.destroy());
      socket.write(`${POST}\r\n123456789`);
    },
  ],
];

describe('a client that', () => {
  it.each(CLIENTS)('%s leaves nothing behind', async (_name, act) => {
    let begun = 0;
    let ended = 0;
    const server = await startServer(async (request, response) => {
      begun += 1;
      try {
        await readBody(request);
        for (let chunks = 0; chunks < 10_000 && !response.destroyed; chunks += 1) {
          if (!response.write('x'.repeat(65_536))) await drained(response);
        }
        response.end();
      } finally {
        ended += 1;
      }
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    act(socket);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.close();
    expect(ended).toBe(begun);
    socket.destroy();
  });
});
