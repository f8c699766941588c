/** Reads a page of the list, row by row: a bad one must not cost the others. Pure. */
import { createHash } from 'node:crypto';
import type { Aliases } from '../../contracts/aliases.ts';
import { PipelineError } from '../../contracts/errors.ts';
import { InteractionId } from '../../contracts/ids.ts';
import { NAMELESS } from '../../contracts/nameless-row.ts';
import { readEveryElement, readEveryMember, readMembers } from '../../lib/json-members.ts';
import { ownValue } from '../../lib/own-value.ts';
import { parseTime } from '../times.ts';
import { mediumOf } from './media.ts';
import type { SegmentPage, SegmentRow } from './segment-page.ts';

/** The member with the rows, by the names that it was seen under. */
const ROWS = ['interactions', 'segments', 'items', 'data', 'results', 'content'];

type Fields = Record<string, unknown>;

/**
 * The rows of an answer, which are a list or a map from id to row, each perhaps inside a `segment`.
 *
 * @throws PipelineError `ContractViolation` for an answer without rows of any name
 * @example
 * readPage('{"interactions":{"s-1":{"segment":{"firstAnnotatedAt":"2026-11-21T10:00:00Z"}}}}').rows[0]?.segmentId // 's-1'
 */
export function readPage(body: string): SegmentPage {
  const page: SegmentPage = { rows: [], unreadable: [] };
  for (const { key, text } of rowTexts(body)) {
    const row = readRow(key, text);
    if (typeof row === 'string') page.unreadable.push(row);
    else page.rows.push(row);
  }
  return page;
}

function* rowTexts(body: string): Generator<{ key?: string; text: string }> {
  const answer = parse(body);
  if (answer === undefined)
    throw new PipelineError('ContractViolation', 'CXone lists segments in a body that is not JSON');
  if (Array.isArray(answer)) return yield* elements(body);
  const name = fieldsOf(answer) && ROWS.find((one) => Object.hasOwn(answer as Fields, one));
  if (name === undefined) {
    if (Number(fieldsOf(answer)?.totalRecords) === 0) return;
    throw new PipelineError('ContractViolation', `CXone lists segments under none of the names ${ROWS.join(', ')}`);
  }
  const rows = ownValue(answer as Fields, name);
  const text = textOf(body, name) ?? 'null';
  if (Array.isArray(rows)) yield* elements(text);
  else if (isPage(rows)) yield* rowTexts(text);
  else if (fieldsOf(rows)) for (const [key, row] of readEveryMember(Buffer.from(text)) ?? []) yield { key, text: row };
}

function* elements(text: string): Generator<{ text: string }> {
  for (const element of readEveryElement(Buffer.from(text)) ?? []) yield { text: element };
}

function textOf(json: string, name: string): string | undefined {
  return readMembers(Buffer.from(json), [name])?.get(name);
}

/** A page inside another one, such as `{"data":{"segments":[…]}}`. */
function isPage(rows: unknown): boolean {
  const fields = fieldsOf(rows);
  return fields !== undefined && ROWS.some((name) => Array.isArray(ownValue(fields, name)));
}

/** The row, or a name for one that cannot be read. */
function readRow(key: string | undefined, text: string): SegmentRow | string {
  const outer = fieldsOf(parse(text));
  const inner = fieldsOf(outer?.segment);
  const fields = inner ?? outer;
  const json = inner === undefined ? text : (textOf(text, 'segment') ?? text);
  const segmentId = idOf(fields?.segmentId ?? outer?.segmentId ?? key);
  const availableMs = parseTime(fields?.firstAnnotatedAt ?? outer?.firstAnnotatedAt);
  if (fields === undefined || segmentId === undefined || availableMs === undefined) {
    return segmentId ?? `${NAMELESS}${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  }
  const medium = typeof fields.mediaType === 'string' ? fields.mediaType : undefined;
  const startMs = parseTime(fields.startTime);
  return { segmentId, availableMs, startMs, medium, mediaType: mediumOf(medium), aliases: aliasesOf(fields), json };
}

/**
 * The other ids that an object of the vendor's names, those that can stand in a key.
 *
 * @example aliasesOf({ interactionId: 'int-1', acdContactId: 4711 }) // { interactionId: 'int-1', acdContactId: '4711' }
 */
export function aliasesOf(fields: Readonly<Fields>): Aliases {
  const interactionId = idOf(fields.interactionId);
  const acdContactId = idOf(fields.acdContactId);
  return {
    ...(interactionId !== undefined && { interactionId }),
    ...(acdContactId !== undefined && { acdContactId }),
  };
}

/** A number beyond 2^53 has lost digits. */
function idOf(said: unknown): string | undefined {
  return InteractionId.safeParse(Number.isSafeInteger(said) ? String(said) : said).data;
}

/**
 * The members of a JSON object; undefined for any other value.
 *
 * @example fieldsOf([1]) // undefined
 */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
