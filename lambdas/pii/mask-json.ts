import { detect } from './detect.ts';
import { type MaskOptions, type MaskTools, resolveOptions } from './options.ts';
import { splice } from './splice.ts';
import type { FindingCounts, JsonValue } from './types.ts';

/** Masked JSON text and the receipt of what was masked. */
export interface MaskedJson {
  /** The same document: numbers and everything else that stays keep their source text. */
  json: string;
  counts: FindingCounts;
  /** Offset and length fields of the record that a mask shifted and that were corrected or dropped. */
  shiftedOffsets: number;
}

const STRING_TOKEN = /"(?:[^"\\]|\\.)*"/g;

/**
 * Masks a document given as JSON text, without building a tree of it.
 *
 * @throws SyntaxError when a string of the text is not valid JSON; the message never quotes the text.
 */
export function maskJson(json: string, options?: MaskOptions, _tools: MaskTools = {}): MaskedJson {
  const settings = resolveOptions(options);
  const counts: FindingCounts = {};
  const masked = json.replace(STRING_TOKEN, (token) => {
    const text = JSON.parse(token) as JsonValue;
    if (typeof text !== 'string') return token;
    const spans = detect(text, settings);
    if (spans.length === 0) return token;
    for (const { type } of spans) counts[type] = (counts[type] ?? 0) + 1;
    return JSON.stringify(splice(text, spans, (span) => settings.replacements[span.type]));
  });
  return { json: masked, counts, shiftedOffsets: 0 };
}
