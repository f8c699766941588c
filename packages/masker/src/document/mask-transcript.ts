import { shiftedOffsets } from '../json/shifted-offsets.ts';
import { KEY } from '../json/structural-index.ts';
import { TreeIndex } from '../json/tree-index.ts';
import { type MaskOptions, type MaskTools, settingsFor } from '../model/options.ts';
import type { Finding, JsonValue } from '../model/pii-types.ts';
import { analyse } from './analyse.ts';
import { searchNested } from './json-text.ts';
import { rebuildTree } from './rebuild-tree.ts';
import { replacementOf } from './replacements.ts';

/** A masked document and what was found in the original. */
export interface MaskedTranscript {
  value: JsonValue;
  findings: Finding[];
}

/**
 * Masks a parsed document: strings at any depth, keys, telling numbers. The input is left as it was; parts without
 * personal data are shared with it.
 */
export function maskTranscript(value: JsonValue, options?: MaskOptions, tools: MaskTools = {}): MaskedTranscript {
  const settings = settingsFor(options, tools);
  const outline = new TreeIndex(value);
  const found = analyse(outline, settings, (json) => searchNested(json, settings, tools), tools.entities);
  const shifted = shiftedOffsets(outline, found, (match) => replacementOf(match, settings, tools).length);
  const findings: Finding[] = [];
  for (const [leaf, matches] of found) {
    const path = outline.path(leaf);
    for (const { type, start, end } of matches) {
      findings.push(outline.kind(leaf) === KEY ? { path, type, start, end, inKey: true } : { path, type, start, end });
    }
  }
  return { value: rebuildTree(outline, found, shifted, settings, tools), findings };
}
