/** A process with S3 and a tenant that answers every transcript after a delay: as cheap as a vendor can be. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startS3 } from '../emulator/stand-ins/s3/start-s3.ts';
import { FIRST_MS, STEP_MS, segmentId, TRANSCRIPTS } from './fetching-segments.ts';

const [count, delayMs] = [Number(process.env.BENCH_SEGMENTS), Number(process.env.BENCH_DELAY_MS)];
const PAGE_ROWS = 1_000;

const text = 'Thank you, that is all I wanted to know about my order, and have a good day. ';
const transcript = JSON.stringify({
  type: 'PhoneCall',
  language: 'en-US',
  annotatedDateTime: new Date(FIRST_MS).toISOString(),
  transcriptBlocks: Array.from({ length: 40 }, (_, nth) => ({
    blockId: String(nth),
    channelName: nth % 2 === 0 ? 'AGENT' : 'CLIENT',
    offset: nth * 80,
    length: text.length,
    text,
  })),
  metrics: {},
});

function page(query: URLSearchParams): string {
  const fromMs = Number(query.get('cursor') ?? Date.parse(query.get('beginningDate') ?? ''));
  const toMs = Date.parse(query.get('endingDate') ?? '');
  const first = Math.max(0, Math.ceil((fromMs - FIRST_MS) / STEP_MS));
  const end = Math.min(count, first + PAGE_ROWS, Math.ceil((toMs - FIRST_MS) / STEP_MS));
  const interactions = Array.from({ length: Math.max(0, end - first) }, (_, nth) => {
    const at = new Date(FIRST_MS + (first + nth) * STEP_MS).toISOString();
    const id = segmentId(first + nth);
    return { segmentId: id, interactionId: id, mediaType: 'PhoneCall', startTime: at, firstAnnotatedAt: at };
  });
  return JSON.stringify({ totalRecords: count, interactions });
}

const s3 = await startS3({ dir: process.env.BENCH_DIR ?? '', bucket: 'bench' });
const vendor = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://tenant');
  const send = (status: number, body: string) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  request.resume();
  request.on('end', () => {
    if (request.method === 'POST') {
      return send(200, JSON.stringify({ access_token: 'bench', token_type: 'Bearer', expires_in: 3_600 }));
    }
    if (!url.pathname.startsWith(TRANSCRIPTS)) return send(404, '{}');
    if (!url.pathname.endsWith('/analyzed-transcript')) return send(200, page(url.searchParams));
    if (delayMs === 0) return send(200, transcript);
    return setTimeout(() => send(200, transcript), delayMs);
  });
});
vendor.listen(0, '127.0.0.1', () => {
  const { port } = vendor.address() as AddressInfo;
  process.send?.({ s3Url: s3.url, vendorUrl: `http://127.0.0.1:${port}` });
});
