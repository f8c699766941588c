import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { BULK_MEDIA_TYPES, type BulkMediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import type { Catalogue } from './catalogue.ts';
import type { CatalogueEntry } from './timeline.ts';

/** The transcripts file cannot be used; the message names the line. */
export class TranscriptsFileInvalid extends Error {
  override readonly name = 'TranscriptsFileInvalid';
}

export interface FileCatalogue extends Catalogue {
  interactionIds: string[];
  close(): Promise<void>;
}

interface FileEntry extends CatalogueEntry {
  offset: number;
  length: number;
}

/**
 * The transcripts of a JSON Lines file, one artifact `{interactionId, mediaType?, timestamp?, transcript, …}` per line, sent
 * byte for byte as they stand. Only positions are kept in memory.
 *
 * @throws TranscriptsFileInvalid naming the file and the line
 * @example (await openTranscriptsFile('mine.jsonl')).interactionIds // ['int-1', 'int-2']
 */
export async function openTranscriptsFile(path: string): Promise<FileCatalogue> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new TranscriptsFileInvalid(`${path}: no such file, or not readable`);
  if (!found.isFile())
    throw new TranscriptsFileInvalid(`${path}: it must be a file of JSON Lines, one artifact a line`);
  const byId = new Map<string, FileEntry[]>();
  const byStart: FileEntry[] = [];
  for await (const { line, number, offset } of linesOf(path)) {
    if (line.toString('utf8').trim() === '') continue;
    const entry = { ...parseHead(line, `${path}:${number}`), offset, length: line.length };
    byStart.push(entry);
    byId.set(entry.interactionId, [...(byId.get(entry.interactionId) ?? []), entry]);
  }
  byStart.sort((a, b) => a.startMs - b.startMs || (a.interactionId < b.interactionId ? -1 : 1));
  const file = await open(path);
  return {
    interactionIds: [...byId.keys()],
    find: (interactionId, mediaTypes) =>
      (byId.get(interactionId) ?? []).filter(({ mediaType }) => mediaTypes.includes(mediaType)),
    between: (fromMs, toMs, mediaTypes) =>
      byStart.filter(({ startMs, mediaType }) => startMs >= fromMs && startMs < toMs && mediaTypes.includes(mediaType)),
    artifact: (entry) => readLine(file, entry as FileEntry),
    close: () => file.close(),
  };
}

async function readLine(file: FileHandle, { offset, length }: FileEntry): Promise<string> {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
  return buffer.toString('utf8').trim();
}

function parseHead(line: Buffer, where: string): CatalogueEntry {
  let artifact: unknown;
  try {
    artifact = JSON.parse(line.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw new TranscriptsFileInvalid(`${where}: not JSON; expected one artifact per line`);
  }
  const { interactionId, mediaType = 'voice', timestamp } = (artifact ?? {}) as Record<string, unknown>;
  if (typeof interactionId !== 'string' || interactionId === '') {
    throw new TranscriptsFileInvalid(`${where}: interactionId must be a string of 1 character or more`);
  }
  const known = BULK_MEDIA_TYPES.find((type) => type === String(mediaType).toLowerCase());
  if (known === undefined) {
    throw new TranscriptsFileInvalid(`${where}: mediaType must be one of ${BULK_MEDIA_TYPES.join(', ')}`);
  }
  const startMs = timestamp === undefined ? 0 : Date.parse(String(timestamp));
  if (Number.isNaN(startMs)) throw new TranscriptsFileInvalid(`${where}: timestamp must be an ISO 8601 time`);
  return { interactionId, mediaType: known satisfies BulkMediaType, startMs, availableMs: 0 };
}

async function* linesOf(path: string): AsyncGenerator<{ line: Buffer; number: number; offset: number }> {
  let parts: Buffer[] = [];
  let number = 1;
  let offset = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let newline = chunk.indexOf(10); newline >= 0; newline = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, newline)]);
      yield { line, number, offset };
      parts = [];
      number += 1;
      offset += line.length + 1;
      from = newline + 1;
    }
    parts.push(chunk.subarray(from));
  }
  const line = Buffer.concat(parts);
  if (line.length > 0) yield { line, number, offset };
}
