import { DocumentReader } from '../json/document-reader.ts';
import { Lexicon } from '../lexicon/lexicon.ts';
import { hasEntities, type MaskOptions, type MaskSettings, type MaskTools, resolveOptions } from '../model/options.ts';
import type { Finding, JsonValue } from '../model/pii-types.ts';
import type { PiiType } from '../model/type-table.ts';
import { isRegion } from '../numbers/phone-plans.ts';
import { entityTexts } from './entities.ts';
import { type ExplainedJson, explainJson, type MaskedJson, maskJson } from './mask-json.ts';
import { maskText } from './mask-text.ts';
import type { Work } from './work.ts';

/** A masked document and what was found in the original. */
export interface MaskedTranscript {
  value: JsonValue;
  findings: Finding[];
}

/**
 * A masker: what it was told to find, and all that it remembers from one document to the next. Two of them do not know
 * each other; one is not for two threads.
 */
export class Masker {
  readonly options: MaskOptions;
  private readonly settings: MaskSettings;
  private readonly reader: DocumentReader;
  private readonly lexicon: Lexicon | undefined;

  /** @throws RangeError for an unknown region; when names or addresses are wanted and their lexicon is missing or another */
  constructor(options: MaskOptions, lexicon: Uint8Array | undefined) {
    this.options = options;
    this.settings = resolveOptions(options);
    const unknown = this.settings.regions.find((region) => !isRegion(region));
    if (unknown !== undefined) throw new RangeError('A region of the masking options is no country: UK means GB.');
    if (hasEntities(this.settings)) {
      if (lexicon === undefined) throw new RangeError('Names and addresses need the bytes of their lexicon.');
      this.lexicon = new Lexicon(lexicon);
    }
    this.reader = new DocumentReader(this.lexicon);
  }

  /**
   * Masks a document given as JSON text: `{"ssn":"531-72-4409"}` → `{"ssn":"[SSN_MASKED]"}` and `{US_SSN: 1}`.
   *
   * @throws NotJson when the text is not JSON; the message never quotes it; what one of the tools throws
   */
  maskJson(json: string, tools: MaskTools = {}): MaskedJson {
    return maskJson(json, this.work(tools));
  }

  /**
   * Masks a document given as JSON text and tells what was found where and why.
   *
   * @throws NotJson when the text is not JSON; the message never quotes it; what one of the tools throws
   */
  explainJson(json: string, tools: MaskTools = {}): ExplainedJson {
    return explainJson(json, this.work(tools));
  }

  /**
   * Masks a value as `JSON.parse` returns it, and leaves it as it was: it is written as JSON and read again, so that there
   * is one way through the masker.
   *
   * @throws RangeError for a value that is nested too deep for `JSON.stringify`; what one of the tools throws
   */
  maskTranscript(value: JsonValue, tools: MaskTools = {}): MaskedTranscript {
    const { json, findings } = this.explainJson(JSON.stringify(value), tools);
    return { value: JSON.parse(json) as JsonValue, findings: findings.map(({ reason: _, ...finding }) => finding) };
  }

  /** Masks one line of text that stands for itself: "my cell is 415-555-0132" → "my cell is [PHONE_MASKED]". */
  maskText(text: string, tools: MaskTools = {}): string {
    return maskText(text, this.work(tools));
  }

  /**
   * The distinct texts of a document worth asking an entity detector about: conversation, not ids and measures.
   *
   * @throws NotJson when the text is not JSON
   */
  entityTexts(json: string): string[] {
    return entityTexts(json, this.reader);
  }

  /** The types of personal data that it finds, in the order of their names. */
  get types(): PiiType[] {
    return [...this.settings.types].sort();
  }

  /** How many names of members are remembered from the documents before. */
  get knownNames(): number {
    return this.reader.knownNames;
  }

  private work(tools: MaskTools): Work {
    const { reader, settings, lexicon } = this;
    const { checkpoint } = tools;
    return { reader, lexicon, tools, settings: checkpoint === undefined ? settings : { ...settings, checkpoint } };
  }
}

/**
 * A masker for these options; `{}` masks every default type. It costs a few milliseconds: make one, use it often.
 *
 * @param lexicon the bytes of `assets/names.lexicon`, which the host reads: names and addresses need them
 * @throws RangeError when those are wanted, as they are by default, and the bytes are missing or other ones
 * @example createMasker({}, bytes).maskText('hi, this is Sarah') // 'hi, this is [PERSON]'
 */
export function createMasker(options: MaskOptions = {}, lexicon?: Uint8Array): Masker {
  return new Masker(options, lexicon);
}
