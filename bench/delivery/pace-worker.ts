/** Receivers in real time, by their path: `/healthy`, `/limited` to a hard rate, `/flaky` in every third request. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** About what a receiver needs that writes each event down. */
const ANSWER_MS = 50;
const perSecond = Number(process.env.BENCH_PER_SECOND);
let [second, left] = [-1, 0];
let tally = { requests: 0, refused: 0, firstMs: 0, lastMs: 0 };

function isAllowed(): boolean {
  const now = Math.floor(Date.now() / 1_000);
  if (now !== second) [second, left] = [now, perSecond];
  left -= 1;
  return left >= 0;
}

const server = createServer(async (request, response) => {
  const { url } = request;
  for await (const _ of request);
  tally.firstMs ||= Date.now();
  tally.requests += 1;
  const isRefused = url === '/limited' ? !isAllowed() : url === '/flaky' && Math.random() < 1 / 3;
  if (isRefused) tally.refused += 1;
  if (url !== '/limited') await sleep(ANSWER_MS);
  tally.lastMs = Date.now();
  if (isRefused) response.writeHead(url === '/limited' ? 429 : 503, { 'retry-after': '1' }).end();
  else response.writeHead(204).end();
});

process.on('message', () => {
  process.send?.(tally);
  tally = { requests: 0, refused: 0, firstMs: 0, lastMs: 0 };
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
