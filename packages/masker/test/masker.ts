/** The masker as most tests use it: one for each options object, another for none. */

import { readFileSync } from 'node:fs';
import type { MaskedJson } from '../src/document/mask-json.ts';
import { createMasker, type MaskedTranscript, type Masker } from '../src/document/masker.ts';
import { Lexicon } from '../src/lexicon/lexicon.ts';
import type { MaskOptions, MaskTools } from '../src/model/options.ts';
import type { JsonValue } from '../src/model/pii-types.ts';
import { openScanner } from '../src/prefilter/prefilter.ts';

/** The bytes that the masker's host reads for it. */
export const LEXICON = readFileSync(new URL('../assets/names.lexicon', import.meta.url));

const ordinary = createMasker({}, LEXICON);
const maskers = new WeakMap<MaskOptions, Masker>();

function maskerFor(options: MaskOptions | undefined): Masker {
  if (options === undefined) return ordinary;
  const masker = maskers.get(options) ?? createMasker(options, LEXICON);
  maskers.set(options, masker);
  return masker;
}

export function maskJson(json: string, options?: MaskOptions, tools?: MaskTools): MaskedJson {
  return maskerFor(options).maskJson(json, tools);
}

export function maskTranscript(value: JsonValue, options?: MaskOptions, tools?: MaskTools): MaskedTranscript {
  return maskerFor(options).maskTranscript(value, tools);
}

export function maskText(text: string, options?: MaskOptions, tools?: MaskTools): string {
  return maskerFor(options).maskText(text, tools);
}

const scanner = openScanner(new Lexicon(LEXICON));

/** What the prefilter says of a text. */
export function lookAt(text: string): number {
  return scanner.lookAt(text);
}
