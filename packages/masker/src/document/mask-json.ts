import { KEY } from '../json/structural-index.ts';
import type { Reason } from '../model/match.ts';
import type { Finding, FindingCounts } from '../model/pii-types.ts';
import { editsOf, type SearchedJson, searchJson } from './json-text.ts';
import type { Work } from './work.ts';

/** Masked JSON text and the receipt of what was masked. */
export interface MaskedJson {
  /** The same document: numbers and everything else that stays keep their source text. */
  json: string;
  counts: FindingCounts;
  /** Offset and length fields of the record that a mask shifted and that were corrected. */
  shiftedOffsets: number;
}

/** Masked JSON text and what was found where. */
export interface ExplainedJson {
  json: string;
  findings: ExplainedFinding[];
}

/** What was found, and why it is personal. */
export interface ExplainedFinding extends Finding {
  reason: Reason;
}

/**
 * The document, masked, with how many there were of each type; no tree of it is built.
 *
 * @throws NotJson when the text is not JSON; the message never quotes it; what one of the tools throws
 * @example maskJson('{"ssn":"531724409"}', work) // { json: '{"ssn":"[SSN_MASKED]"}', counts: { US_SSN: 1 }, shiftedOffsets: 0 }
 */
export function maskJson(json: string, work: Work): MaskedJson {
  const searched = searchJson(json, work);
  const counts: FindingCounts = {};
  for (const matches of searched.found.values()) {
    for (const { type } of matches) counts[type] = (counts[type] ?? 0) + 1;
  }
  const masked = { json: spliced(json, searched, work), counts, shiftedOffsets: searched.shifted.size };
  work.reader.release(searched.structure);
  return masked;
}

/**
 * {@link maskJson} that tells what it found where, in the order in which it was found.
 *
 * @throws NotJson when the text is not JSON; what one of the tools throws
 * @example explainJson('{"ssn":"531724409"}', work).findings // [{ type: 'US_SSN', reason: { rule: 'words', … }, … }]
 */
export function explainJson(json: string, work: Work): ExplainedJson {
  const searched = searchJson(json, work);
  const explained = { json: spliced(json, searched, work), findings: findingsOf(searched) };
  work.reader.release(searched.structure);
  return explained;
}

function spliced(json: string, searched: SearchedJson, work: Work): string {
  if (searched.found.size === 0) return json;
  const pieces: string[] = [];
  let from = 0;
  for (const edit of editsOf(searched, work)) {
    pieces.push(json.slice(from, edit.start), edit.text);
    from = edit.end;
  }
  pieces.push(json.slice(from));
  return pieces.join('');
}

function findingsOf({ structure, found }: SearchedJson): ExplainedFinding[] {
  const findings: ExplainedFinding[] = [];
  for (const [leaf, matches] of found) {
    const path = structure.path(leaf);
    const place = structure.kind(leaf) === KEY ? ({ inKey: true } as const) : {};
    for (const { type, start, end, reason } of matches) findings.push({ path, type, start, end, ...place, reason });
  }
  return findings;
}
