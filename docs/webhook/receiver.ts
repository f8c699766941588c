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
/** 128 bits: whoever guesses a key may forge events, erasures among them. */
const MIN_KEY_BYTES = 16;

interface Event {
  type: string;
  data: { interactionId?: unknown; mediaType?: unknown; runId?: unknown };
}

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8787' }, dir: { type: 'string', default: 'received' } },
});
const keys = (process.env.WEBHOOK_SECRETS ?? '').split(/\s+/).filter(Boolean).map(readKey);
if (keys.length === 0) refuseKeys();

/** The bytes of a key. Anything that is not wholly base64, or too short, was not meant to be one. */
function readKey(secret: string): Buffer {
  const [, text = ''] = /^whsec_([A-Za-z0-9+/]+)={0,2}$/.exec(secret) ?? [];
  const key = Buffer.from(text, 'base64');
  return text.length % 4 === 1 || key.length < MIN_KEY_BYTES ? refuseKeys() : key;
}

function refuseKeys(): never {
  console.error(
    `WEBHOOK_SECRETS must hold keys: whsec_ and base64 of at least ${MIN_KEY_BYTES} bytes, with a blank between`,
  );
  process.exit(1);
}

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

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A request that will never be taken, with the status that says why. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`refused with ${status}`);
    this.status = status;
  }
}

/** Ids become parts of paths here: one that could leave its folder is refused. */
function safe(id: unknown): string {
  if (typeof id !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(id)) throw new Refused(400);
  return id;
}

/** @throws Refused where it is not JSON, not an event, or too deep to be either */
function parseEvent(body: Buffer): Event {
  try {
    const event = JSON.parse(body.toString('utf8')) as Event;
    JSON.stringify(event);
    if (typeof event.type === 'string' && typeof event.data === 'object' && event.data !== null) return event;
  } catch {
    // What the error says may quote the event.
  }
  throw new Refused(400);
}

/** Doing it twice has the effect of doing it once: a crash before the event is noted as seen repeats it. */
async function store({ type, data }: Event): Promise<void> {
  if (type === 'transcript.stored') {
    if (await isThere(join(values.dir, 'erased', safe(data.interactionId)))) return;
    const path = join(values.dir, 'transcripts', safe(data.interactionId), `${safe(data.mediaType)}.json`);
    await writeDurably(path, JSON.stringify(data));
  } else if (type === 'transcript.erased') {
    // Events come in any order: what is erased stays so, whatever is still on its way.
    await writeDurably(join(values.dir, 'erased', safe(data.interactionId)), '');
    await rm(join(values.dir, 'transcripts', safe(data.interactionId)), { recursive: true, force: true });
  } else if (type === 'run.completed') {
    await writeDurably(join(values.dir, 'runs', `${safe(data.runId)}.json`), JSON.stringify(data));
  }
  // Other types are new: they are accepted, so that they are not sent again for days.
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length']) > MAX_BODY_BYTES) throw new Refused(413);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The socket survives a refusal, so that it can be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Refused(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The status to answer: 2xx takes the event, 5xx has it sent again later, other 4xx has it parked. */
async function receive(request: IncomingMessage): Promise<number> {
  if (request.method !== 'POST') return 405;
  const body = await readBody(request);
  const id = String(request.headers['webhook-id'] ?? '');
  // The signature is over the bytes as they came: it is checked before anything is parsed.
  if (!isAuthentic(id, body, request.headers)) return 401;
  const seen = join(values.dir, 'seen', safe(id));
  if (await isThere(seen)) return 200;
  await store(parseEvent(body));
  await writeDurably(seen, '');
  return 204;
}

const server = createServer((request, response) => {
  receive(request)
    .catch((error: unknown) => (error instanceof Refused ? error.status : 500))
    .then((status) => {
      response.writeHead(status).end();
      // What is left of a body that was refused is let go: a client that is still sending would not read the answer.
      request.resume();
    });
});
server.listen(Number(values.port), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : values.port;
  console.log(`listening on http://127.0.0.1:${port}`);
});
