/** What a server can do to a connection instead of answering, down to its bytes. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

const LINE = '\r\n';
const head = (...lines: string[]) => `${[...lines, '', ''].join(LINE)}`;
const UPGRADE = head('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket');
const WHOLE = `${head('HTTP/1.1 200 OK', 'Content-Length: 2')}{}`;

function again(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 5);
  socket.once('close', () => clearInterval(timer));
}

/** Each is done to a connection once a request has arrived on it. */
export const MISBEHAVIOUR: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['says nothing', () => {}],
  ['hangs up', (socket) => socket.end()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
  ['changes to another protocol', (socket) => socket.write(UPGRADE)],
  ['changes to another protocol and hangs up', (socket) => socket.end(UPGRADE)],
  ['changes to another protocol and goes on', (socket) => again(socket, `${UPGRADE}bytes`)],
  ['says 101 and not to which protocol', (socket) => socket.write(head('HTTP/1.1 101 Switching Protocols'))],
  ['says 101 and closes', (socket) => socket.write(head('HTTP/1.1 101 X', 'Connection: close'))],
  ['says "continue" and nothing more', (socket) => socket.write(head('HTTP/1.1 100 Continue'))],
  ['says "continue" for ever', (socket) => again(socket, head('HTTP/1.1 100 Continue'))],
  ['says "processing" for ever', (socket) => again(socket, head('HTTP/1.1 102 Processing'))],
  ['gives hints and hangs up', (socket) => socket.end(head('HTTP/1.1 103 Early Hints', 'Link: </x>'))],
  ['gives hints for ever', (socket) => again(socket, head('HTTP/1.1 103 Early Hints', 'Link: </x>'))],
  ['breaks off in the status line', (socket) => socket.end('HTTP/1.1 20')],
  ['breaks off in the headers', (socket) => socket.end(`HTTP/1.1 200 OK${LINE}Content-`)],
  ['stops in the headers', (socket) => socket.write(`HTTP/1.1 200 OK${LINE}Content-`)],
  ['sends headers for ever', (socket) => again(socket, `HTTP/1.1 200 OK${LINE}`)],
  ['speaks another language', (socket) => socket.end(`220 mail.example.com ESMTP${LINE}`)],
  ['stops in the body', (socket) => socket.write(`${head('HTTP/1.1 200 OK', 'Content-Length: 9')}{`)],
  ['breaks off in the body', (socket) => socket.end(`${head('HTTP/1.1 200 OK', 'Content-Length: 9')}{`)],
  ['never ends the body', (socket) => again(socket, `${head('HTTP/1.1 200 OK', 'Connection: close')}x`)],
  ['answers twice', (socket) => socket.write(WHOLE + WHOLE)],
];

/**
 * A server that misbehaves on its first connection and answers 200 on every other one.
 *
 * @returns its address; the server is closed with the test
 */
export async function serveBadly(misbehave: (socket: Socket) => void): Promise<URL> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const isFirst = sockets.size === 0;
    sockets.add(socket);
    socket.on('error', () => {});
    if (isFirst) socket.once('data', () => misbehave(socket));
    else socket.on('data', () => socket.write(WHOLE));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}
