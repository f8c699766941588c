import type { DocumentReader } from '../json/document-reader.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { MaskSettings, MaskTools } from '../model/options.ts';

/** One document's masking: what reads it, what is wanted, what the caller lends. */
export interface Work {
  readonly reader: DocumentReader;
  readonly settings: MaskSettings;
  readonly tools: MaskTools;
  /** Of names and addresses; absent where neither is wanted. */
  readonly lexicon: Lexicon | undefined;
}
