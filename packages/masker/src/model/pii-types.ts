/** What the masker takes and what it reports. */
import type { PiiType } from './type-table.ts';

/** Any JSON value, as `JSON.parse` returns it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A stretch of one string: UTF-16 code units, `end` exclusive. */
export interface Span {
  type: PiiType;
  start: number;
  end: number;
}

/**
 * Personal data found in a document.
 *
 * `path` is the JSON Pointer of the string (or number, then the offsets count in its source text); a finding in an
 * object key carries the path of that member and `inKey`. Offsets refer to the original, unmasked text.
 */
export interface Finding extends Span {
  path: string;
  inKey?: true;
}

/** How often each type was found. Never the values. */
export type FindingCounts = Partial<Record<PiiType, number>>;
