/**
 * A receiver of the data-lake webhook: verifies, deduplicates, stores. Node.js 22.18 or newer, no packages.
 *
 *   WEBHOOK_SECRETS="whsec_… whsec_…" node receiver.ts [--port 8787] [--dir received]
 *
 * WEBHOOK_SECRETS holds the current key and, during a rotation, the previous one.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/** A request that is older, or from further in the future, may be a recording that somebody plays back. */
const TOLERANCE_SECONDS = 5 * 60;
/** Events have at most 256 KiB unless the pipeline is configured otherwise. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

interface Event {
  type: string;
  data: { interactionId?: string; mediaType?: string; runId?: string };
}

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8787' }, dir: { type: 'string', default: 'received' } },
});
const keys = (process.env.WEBHOOK_SECRETS ?? '')
  .split(/\s+/)
  .filter(Boolean)
  .map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
if (keys.length === 0) throw new Error('WEBHOOK_SECRETS must hold at least one whsec_… key');

/** True when one of the keys made one of the signatures, just now. */
function isAuthentic(id: string, body: Buffer, headers: IncomingHttpHeaders): boolean {
  const timestamp = String(headers['webhook-timestamp'] ?? '');
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || age > TOLERANCE_SECONDS) return false;
  const given = String(headers['webhook-signature'] ?? '')
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'));
  return keys.some((key) => {
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
}

/** Writes a file as a whole or not at all, and only returns once the disk has it. */
async function writeDurably(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  const file = await open(draft, 'w');
  await file.writeFile(content);
  await file.sync();
  await file.close();
  await rename(draft, path);
}

/** Ids become parts of paths here: one that could leave its folder is refused. */
function safe(id: string | undefined): string {
  if (id === undefined || !/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(id)) throw new SyntaxError('unexpected id');
  return id;
}

/** Doing it twice has the effect of doing it once: a crash before the event is noted as seen repeats it. */
async function store({ type, data }: Event): Promise<void> {
  if (type === 'transcript.stored') {
    const path = join(values.dir, 'transcripts', safe(data.interactionId), `${safe(data.mediaType)}.json`);
    await writeDurably(path, JSON.stringify(data));
  } else if (type === 'transcript.erased') {
    await rm(join(values.dir, 'transcripts', safe(data.interactionId)), { recursive: true, force: true });
  } else if (type === 'run.completed') {
    await writeDurably(join(values.dir, 'runs', `${safe(data.runId)}.json`), JSON.stringify(data));
  }
  // Other types are new: they are accepted, so that they are not sent again for days.
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The status to answer: 2xx takes the event, 5xx has it sent again later, other 4xx has it parked. */
async function receive(request: IncomingMessage): Promise<number> {
  if (request.method !== 'POST') return 405;
  const body = await readBody(request);
  if (body === undefined) return 413;
  const id = String(request.headers['webhook-id'] ?? '');
  // The signature is over the bytes as they came: it is checked before anything is parsed.
  if (!isAuthentic(id, body, request.headers)) return 401;
  const seen = join(values.dir, 'seen', safe(id));
  const isRepeat = await access(seen).then(
    () => true,
    () => false,
  );
  if (isRepeat) return 200;
  await store(JSON.parse(body.toString('utf8')) as Event);
  await writeDurably(seen, '');
  return 204;
}

const server = createServer((request, response) => {
  receive(request)
    .catch((error: unknown) => (error instanceof SyntaxError ? 400 : 500))
    .then((status) => {
      if (status === 413) response.setHeader('connection', 'close');
      response.writeHead(status).end();
    });
});
server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : values.port;
  console.log(`listening on http://127.0.0.1:${port}`);
});
