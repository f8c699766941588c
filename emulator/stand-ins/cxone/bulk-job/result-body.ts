import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGzip, type Gzip } from 'node:zlib';
import { drained } from '../../../../lambdas/shared/lib/drained.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Effect } from '../faults.ts';
import type { CatalogueEntry } from '../timeline.ts';

/** auto: one artifact alone, more than one as an array. */
export const RESULT_SHAPES = ['auto', 'object', 'array', 'transcripts', 'jsonl'] as const;
export type ResultShape = (typeof RESULT_SHAPES)[number];

export interface ResultOptions {
  shape: ResultShape;
  /** encoding: Content-Encoding gzip · file: a gzip file, application/gzip · none. */
  gzip: 'none' | 'encoding' | 'file';
}

export interface ResultRequest {
  catalogue: Catalogue;
  entries: readonly CatalogueEntry[];
  options: ResultOptions;
  fault: Effect<'download'>;
  /** The interaction that item faults act on. */
  target: string | undefined;
}

type Piece = string | Buffer;

/**
 * Streams the result of a job, one artifact in memory at a time, at the pace of the reader. Resolves when all is sent,
 * cut short or given up by the reader.
 */
export async function sendResult(response: ServerResponse, request: ResultRequest): Promise<void> {
  const { options, fault } = request;
  const headers: Record<string, string> = { 'content-type': fault.contentType ?? contentTypeOf(options) };
  if (options.gzip === 'encoding') headers['content-encoding'] = 'gzip';
  if (fault.cleanClose === true) {
    // Neither length nor chunks: the end of the connection ends the body, whole or not.
    response.useChunkedEncodingByDefault = false;
    headers.connection = 'close';
  }
  response.writeHead(200, headers);
  const wasCut = await writeTo(response, wire(request), fault.truncateAt ?? fault.stallAt ?? Number.POSITIVE_INFINITY);
  if (wasCut && fault.stallAt !== undefined) return;
  if (wasCut && fault.cleanClose !== true) {
    // What was written must leave first, else the reader sees a reset before the first byte.
    await new Promise<void>((resolve) => response.write('', () => setImmediate(resolve)));
    response.destroy();
    return;
  }
  response.end();
}

/** Writes at most `limit` bytes at the reader's pace; true when there would have been more. */
async function writeTo(response: ServerResponse, source: Readable | Gzip, limit: number): Promise<boolean> {
  let rest = limit;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (response.destroyed) return false;
    if (chunk.length > rest) {
      response.write(chunk.subarray(0, rest));
      return true;
    }
    rest -= chunk.length;
    if (!response.write(chunk)) await drained(response);
  }
  return false;
}

function wire(request: ResultRequest): Readable | Gzip {
  const source = Readable.from(body(request), { objectMode: false });
  if (request.options.gzip === 'none') return source;
  // Its errors surface where the last stream is read.
  return pipeline(source, createGzip({ level: 1 }), () => {});
}

function contentTypeOf({ shape, gzip }: ResultOptions): string {
  if (gzip === 'file') return 'application/gzip';
  return shape === 'jsonl' ? 'application/x-ndjson' : 'application/json';
}

async function* body(request: ResultRequest): AsyncGenerator<Piece> {
  const { fault, options } = request;
  if (fault.bom === true) yield '\uFEFF';
  let bytes = 0;
  for await (const piece of framed(items(request), framingOf(options.shape, countItems(request)))) {
    bytes += piece.length;
    yield piece;
  }
  const blanks = ' '.repeat(65_536);
  for (; bytes < (fault.padTo ?? 0); bytes += blanks.length) yield blanks;
}

interface Framing {
  open: string;
  between: string;
  close: string;
}

function framingOf(shape: ResultShape, count: number): Framing {
  if (shape === 'jsonl') return { open: '', between: '\n', close: '\n' };
  if (shape === 'transcripts') return { open: '{"transcripts":[', between: ',', close: ']}' };
  // More than one object cannot stand alone, and none at all is an empty list.
  if (shape !== 'array' && count === 1) return { open: '', between: '\n', close: '' };
  return { open: '[', between: ',', close: ']' };
}

async function* framed(pieces: AsyncIterable<Piece>, { open, between, close }: Framing): AsyncGenerator<Piece> {
  if (open !== '') yield open;
  let isFirst = true;
  for await (const piece of pieces) {
    if (!isFirst) yield between;
    isFirst = false;
    yield piece;
  }
  if (close !== '' && !(isFirst && open === '')) yield close;
}

/** How many items the result holds in the end: by this its form is chosen. */
function countItems({ entries, fault, target }: ResultRequest): number {
  if (fault.emptyResult === true) return 0;
  const targetId = target ?? entries[0]?.interactionId;
  const targets = entries.filter(({ interactionId }) => interactionId === targetId).length;
  const dropped = fault.dropItem === true ? targets : 0;
  const repeated = fault.dropItem !== true && fault.badItem === undefined && fault.duplicateItem === true ? targets : 0;
  return entries.length - dropped + repeated + (fault.extraItem === true ? 1 : 0);
}

async function* items({ catalogue, entries, fault, target }: ResultRequest): AsyncGenerator<Piece> {
  if (fault.emptyResult === true) return;
  const targetId = target ?? entries[0]?.interactionId;
  for (const entry of entries) {
    const isTarget = entry.interactionId === targetId;
    if (isTarget && fault.dropItem === true) continue;
    if (isTarget && fault.badItem !== undefined) {
      yield badItem(entry.interactionId, fault.badItem);
      // A comment stands before the item, not in its place.
      if (fault.badItem !== 'comment') continue;
    }
    const artifact = await catalogue.artifact(entry);
    yield artifact;
    if (isTarget && fault.duplicateItem === true) yield artifact;
  }
  if (fault.extraItem === true) {
    yield JSON.stringify({
      interactionId: 'int-nobody-asked-for',
      mediaType: 'chat',
      timestamp: '2026-11-21T00:00:00.000Z',
      transcript: { messages: [] },
      masked: false,
    });
  }
}

/** Braces and brackets balance wherever the item is at fault, so that a reader can find its end and go on. */
function badItem(interactionId: string, kind: NonNullable<Effect<'download'>['badItem']>): Piece {
  const head = `{"interactionId":${JSON.stringify(interactionId)},"mediaType":"chat","timestamp":"2026-11-21T00:00:00.000Z","transcript":`;
  switch (kind) {
    case 'syntax':
      return `${head}{"text":undefined}}`;
    case 'shape':
      return `{"interactionId":42,"note":"no transcript here"}`;
    case 'null':
      return 'null';
    case 'comment':
      return '/* "left out: ], { */';
    case 'deep':
      return `${head}${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    case 'huge':
      return `${head}{"text":"${'a'.repeat(64 * 1024 * 1024)}"}}`;
    case 'utf8':
      return Buffer.concat([Buffer.from(`${head}{"text":"`), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('"}}')]);
  }
}
