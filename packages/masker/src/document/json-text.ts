/** Masks JSON text by splicing: what stays keeps its bytes. */

import { type LabelledTurn, readDialogue } from '../conversation/dialogue.ts';
import { joinWordBlocks, toWords } from '../conversation/word-blocks.ts';
import type { JsonIndex } from '../json/json-index.ts';
import { decodeString, escapeMap, NotJson } from '../json/lexer.ts';
import { shiftedOffsets } from '../json/shifted-offsets.ts';
import { KEY, NUMBER } from '../json/structural-index.ts';
import type { Match } from '../model/match.ts';
import { inOrder } from '../model/span-set.ts';
import { splice } from '../model/splice.ts';
import { analyse } from './analyse.ts';
import { renameKeys, replacementOf } from './replacements.ts';
import type { Work } from './work.ts';

/** A replacement in the source: `[start, end)` becomes `text`. */
interface Edit {
  start: number;
  end: number;
  text: string;
  /** Absent for an offset that moves along. */
  type?: Match['type'];
  reason?: Match['reason'];
}

/**
 * How deep documents inside strings are followed: each level keeps its text in memory. No real document has so many, but a level
 * may cost as little as a few characters.
 */
const MAX_NESTING = 8;

/** A scanned document and what was found in it. */
export interface SearchedJson {
  structure: JsonIndex;
  found: ReadonlyMap<number, readonly Match[]>;
  /** New values of offsets and lengths that the masks shift. */
  shifted: ReadonlyMap<number, string>;
}

/**
 * What was found in a document, and the offsets in it that masking shifts.
 *
 * @param depth how many strings the document is inside of
 * @throws NotJson when the text is not JSON; what one of the tools throws
 * @example searchJson('{"ssn":"531724409"}', work).found.size // 1
 */
export function searchJson(json: string, work: Work, depth = 0): SearchedJson {
  const { reader, settings, tools, lexicon } = work;
  const structure = reader.read(json);
  if (structure.suspects.length === 0 && tools.entities === undefined)
    return { structure, found: new Map(), shifted: new Map() };
  const regrouped = joinWordBlocks(structure, reader.scanner);
  const nested = (text: string) => searchNested(text, work, depth + 1);
  const read = analyse(regrouped ?? structure, settings, nested, tools.entities, lexicon);
  const found = regrouped === undefined ? read : toWords(regrouped, read);
  const shifted =
    found.size === 0
      ? new Map<number, string>()
      : shiftedOffsets(structure, found, (match) => replacementOf(match, work).length);
  return { structure, found, shifted };
}

/**
 * What a string that is a document of its own holds, as matches on that string; undefined when it is no JSON, and only
 * then: read as plain text, a document whose search failed would lose what the names of its members say.
 *
 * @throws RangeError for one more level than are followed; whatever goes wrong in the search, a checkpoint included
 */
function searchNested(text: string, work: Work, depth = 1): Match[] | undefined {
  if (depth > MAX_NESTING) throw new RangeError('Documents are nested in strings too deep to be masked.');
  const turns = readDialogue(text);
  if (turns !== undefined) return searchDialogue(turns, work, depth);
  if (!DOCUMENT_START.test(text)) return undefined;
  let searched: SearchedJson;
  try {
    searched = searchJson(text, work, depth);
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
  const matches: Match[] = [];
  for (const { start, end, type, reason, text: replacement } of editsOf({ ...searched, shifted: new Map() }, work)) {
    if (type !== undefined && reason !== undefined)
      matches.push({ type, start, end, canonical: '', reason, replacement });
  }
  work.reader.release(searched.structure);
  return matches;
}

const DOCUMENT_START = /^\s{0,64}[[{]/;

/** What the turns of a dialogue in one string hold, as matches on that string: they are read as a conversation. */
function searchDialogue(turns: readonly LabelledTurn[], work: Work, depth: number): Match[] {
  const segments = turns.map(({ speaker, text }) => ({ speaker, text }));
  const { structure, found } = searchJson(JSON.stringify({ segments }), work, depth);
  const matches: Match[] = [];
  for (const [leaf, inTurn] of found) {
    const [, , turn = '', member] = structure.path(leaf).split('/');
    const { start = 0, speakerStart = 0 } = turns[Number(turn)] ?? {};
    const offset = member === 'text' ? start : speakerStart;
    for (const match of inTurn) matches.push({ ...match, start: match.start + offset, end: match.end + offset });
  }
  work.reader.release(structure);
  return inOrder(matches);
}

/**
 * The replacements of a document, in order.
 *
 * @example editsOf(searchJson('{"ssn":"531724409"}', work), work) // [{ start: 8, end: 17, text: '[SSN_MASKED]' }]
 */
export function editsOf({ structure, found, shifted }: SearchedJson, work: Work): Edit[] {
  const edits: Edit[] = [];
  const names = renamedKeys(structure, found, work);
  for (const [leaf, matches] of found) {
    const start = structure.start(leaf);
    const end = structure.end(leaf);
    const kind = structure.kind(leaf);
    const first = matches[0];
    if (first === undefined) continue;
    if (kind === KEY) {
      const name = names?.get(structure.parent(leaf))?.get(structure.text(leaf)) ?? '';
      edits.push({ start, end, text: inQuotes(name), type: first.type, reason: first.reason });
      // One edit per key; further findings in it are counted only.
      continue;
    }
    if (kind === NUMBER) {
      edits.push({
        start,
        end,
        text: `"${inQuotes(replacementOf(first, work))}"`,
        type: first.type,
        reason: first.reason,
      });
      continue;
    }
    const raw = structure.source.slice(start, end);
    const map = raw.includes('\\') ? escapeMap(raw) : undefined;
    for (const match of matches) {
      edits.push({
        start: start + (map === undefined ? match.start : (map[match.start] ?? 0)),
        end: start + (map === undefined ? match.end : (map[match.end] ?? 0)),
        text: inQuotes(replacementOf(match, work)),
        type: match.type,
        reason: match.reason,
      });
    }
  }
  for (const [leaf, text] of shifted) edits.push({ start: structure.start(leaf), end: structure.end(leaf), text });
  return inOrder(edits);
}

/** New names of masked members by container and old name; undefined when no name is masked, as nearly always. */
function renamedKeys(
  structure: JsonIndex,
  found: SearchedJson['found'],
  work: Work,
): Map<number, Map<string, string>> | undefined {
  let renamed: Map<number, Map<string, string>> | undefined;
  for (const [leaf, matches] of found) {
    if (structure.kind(leaf) !== KEY) continue;
    const text = structure.text(leaf);
    const parent = structure.parent(leaf);
    renamed ??= new Map();
    const names = renamed.get(parent) ?? new Map<string, string>();
    names.set(
      text,
      splice(text, matches, (match) => replacementOf(match, work)),
    );
    renamed.set(parent, names);
  }
  if (renamed === undefined) return undefined;
  const keys = keysOf(structure, renamed);
  for (const [container, masked] of renamed) renamed.set(container, renameKeys(keys.get(container) ?? [], masked));
  return renamed;
}

/** Replacements mostly are names in brackets, which a JSON string holds as they stand. */
const PLAIN = /^[\w[\]:-]*$/;

function inQuotes(text: string): string {
  return PLAIN.test(text) ? text : JSON.stringify(text).slice(1, -1);
}

/** The member names of some objects, read again in one pass: needed only where a key is masked. */
function keysOf(structure: JsonIndex, wanted: ReadonlyMap<number, unknown>): Map<number, string[]> {
  const { source } = structure;
  const keys = new Map<number, string[]>();
  // Containers are numbered as they open.
  let first = Number.POSITIVE_INFINITY;
  for (const container of wanted.keys()) first = Math.min(first, container);
  let opened = first - 1;
  let left = wanted.size;
  const open: number[] = [];
  for (let at = structure.containerStart(first); at < source.length && (left > 0 || open.length > 0); at++) {
    const character = source[at];
    if (character === '"') {
      let end = source.indexOf('"', at + 1);
      while (isEscaped(source, end)) end = source.indexOf('"', end + 1);
      let next = end + 1;
      while (/\s/.test(source[next] ?? '')) next++;
      if (source[next] === ':') keys.get(open.at(-1) ?? 0)?.push(decodeString(source.slice(at + 1, end)));
      at = end;
    } else if (character === '{' || character === '[') {
      open.push(++opened);
      if (wanted.has(opened)) {
        keys.set(opened, []);
        left--;
      }
    } else if (character === '}' || character === ']') open.pop();
  }
  return keys;
}

function isEscaped(source: string, at: number): boolean {
  let backslashes = 0;
  while (source[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
