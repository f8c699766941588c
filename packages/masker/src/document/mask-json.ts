import { type MaskOptions, type MaskTools, settingsFor } from '../model/options.ts';
import type { FindingCounts } from '../model/pii-types.ts';
import { editsOf, searchJson } from './json-text.ts';

/** Masked JSON text and the receipt of what was masked. */
export interface MaskedJson {
  /** The same document: numbers and everything else that stays keep their source text. */
  json: string;
  counts: FindingCounts;
  /** Offset and length fields of the record that a mask shifted and that were corrected. */
  shiftedOffsets: number;
}

/**
 * Masks a document given as JSON text, without building a tree of it.
 *
 * @throws NotJson when the text is not JSON; the message never quotes it; what one of the tools throws
 */
export function maskJson(json: string, options?: MaskOptions, tools: MaskTools = {}): MaskedJson {
  const settings = settingsFor(options, tools);
  const searched = searchJson(json, settings, tools);
  if (searched.found.size === 0) {
    searched.outline.release();
    return { json, counts: {}, shiftedOffsets: 0 };
  }
  const counts: FindingCounts = {};
  for (const matches of searched.found.values()) {
    for (const { type } of matches) counts[type] = (counts[type] ?? 0) + 1;
  }
  const pieces: string[] = [];
  let from = 0;
  for (const edit of editsOf(searched, settings, tools)) {
    pieces.push(json.slice(from, edit.start), edit.text);
    from = edit.end;
  }
  pieces.push(json.slice(from));
  searched.outline.release();
  return { json: pieces.join(''), counts, shiftedOffsets: searched.shifted.size };
}
