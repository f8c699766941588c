/** What the name of a member says about its value. */

import type { TermKind } from '../model/type-table.ts';
import { announcementOf } from '../text/lexicon.ts';
import { findTerms } from '../text/terms.ts';
import { tokenise } from '../text/tokens.ts';
import { wordsOf } from '../text/word-groups.ts';

/** `stays`: ids, times and measures, never masked by shape. `kinds`: what the name announces. */
export interface NameMeaning {
  stays: boolean;
  kinds: readonly TermKind[];
  /** The value of a pair, as in `nameKey: "orderNumber", valueKey: …`. */
  pairValue: boolean;
}

/** Names of members whose value is a text: the name says nothing of what is in it. */
const TEXT_KEYS = new Set([
  'text',
  'message',
  'body',
  'content',
  'transcript',
  'utterance',
  'html',
  'subject',
  'summary',
  'displayText',
  'comment',
  'comments',
  'note',
  'notes',
  'description',
  'phrase',
  'sentence',
  'line',
  'redactedText',
  'displaytext',
  'lexical',
  'itn',
  'maskedITN',
  'snippet',
  'reply',
  'answer',
  'question',
  'value',
  'word',
  'token',
  'title',
  'msg',
  'plainText',
  'string',
  't',
  'call',
  'segment',
  'turn',
  'display',
  'rawText',
  'normalizedText',
  'to',
  'from',
  'data',
  'payload',
  'details',
  'info',
  'name',
  'label',
  'type',
  'key',
  'field',
  'raw',
  'input',
  'output',
  'caption',
  'speech',
  'actions',
  'outcomes',
  'page',
  'url',
  'link',
  'href',
  'item',
  'items',
  'total',
]);
/** Last words of a name whose value stays: an id, a time, a measure. */
const STAY_ENDS = new Set(
  wordsOf({
    ids: 'id ids uuid guid uid arn cursor',
    times: 'time timestamp ts date datetime at epoch utc created updated modified timezone year',
    spans: 'ms duration durations seconds secs minutes millis nanos ttl offset offsets',
    hashes: 'hash sha sha1 sha256 sha512 md5 etag checksum signature nonce salt',
    versions: 'version revision rev build sdk firmware os',
    counts: 'count counts size length index idx seq sequence quantity qty',
    scores: 'confidence conf score scores rate ratio percent',
    money: 'price amount cost',
    places: 'latitude longitude lat lon lng width height',
  }),
);
const ID_ENDS = new Set(['id', 'ids', 'identifier', 'no', 'num', 'value']);
/** Members that name what the value of the pair beside them is. */
const PAIR_NAMES = new Set([
  'name',
  'key',
  'label',
  'field',
  'type',
  'fieldName',
  'attribute',
  'title',
  'id',
  'question',
  'prompt',
  'promptText',
  'promptName',
  'menu',
  'menuPrompt',
  'questionText',
  'slot',
  'slotName',
  'code',
  'prop',
  'property',
  'column',
  'kind',
]);
/** Members that hold the value of a pair. */
const PAIR_VALUES = new Set([
  'value',
  'input',
  'digits',
  'dtmf',
  'dtmfInput',
  'collectedDigits',
  'enteredDigits',
  'userInput',
  'customerInput',
  'callerInput',
  'collected',
  'result',
  'response',
  'entry',
  'val',
  'values',
  'answer',
  'data',
  'stringValue',
  'number',
  'numberValue',
  'v',
  'interpretedValue',
  'originalValue',
  'resolvedValues',
]);

type OwnMeaning = Omit<NameMeaning, 'pairValue'>;

const NEUTRAL: OwnMeaning = { stays: false, kinds: [] };
const STAYS: OwnMeaning = { stays: true, kinds: [] };

/** Names that are remembered. */
const MAX_KNOWN = 4096;

/** What names mean, remembered for those that come again and again. */
export class NameMeanings {
  private readonly known = new Map<string, NameMeaning>();
  /** The name asked for last: mostly the next one is the same. */
  private lastName = '';
  private lastMeaning: NameMeaning = { ...NEUTRAL, pairValue: false };

  /** The meaning of a member name: `ssn` announces a social security number, `orderNumber` stays. */
  of(name: string): NameMeaning {
    if (name === this.lastName) return this.lastMeaning;
    let meaning = this.known.get(name);
    if (meaning === undefined) {
      meaning = { ...readName(name), pairValue: PAIR_VALUES.has(name) };
      if (this.known.size >= MAX_KNOWN) this.known.clear();
      this.known.set(name, meaning);
    }
    this.lastName = name;
    this.lastMeaning = meaning;
    return meaning;
  }
}

/**
 * Whether a value under the name is a password, whatever it looks like.
 *
 * @example isSecret({ stays: false, kinds: ['PASSWORD'], pairValue: false }) // true
 */
export function isSecret({ stays, kinds }: NameMeaning): boolean {
  return !stays && kinds.includes('PASSWORD');
}

/** Whether `nameKey: "orderNumber", valueKey: …` forms a pair that reads like a member. */
export function isPairName(key: string): boolean {
  return PAIR_NAMES.has(key);
}

/** Words of a name that says by its last one what is measured; a sentence does not. */
const LONGEST_MEASURE = 6;
/** Digits of a name; more of them are a value. */
const MOST_DIGITS = 4;
/** Characters of a name: the prompt of a telephone menu is a long one. */
export const LONGEST_NAME = 80;

function readName(key: string): OwnMeaning {
  if (key === '') return NEUTRAL;
  if (TEXT_KEYS.has(key) || /question$/i.test(key)) return NEUTRAL;
  // A name is short and holds no value of its own.
  if (key.length > LONGEST_NAME || key.replace(/\D/g, '').length > MOST_DIGITS || /\d{3}|[@[\]]|:(?! )/.test(key))
    return NEUTRAL;
  const spaced = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[_\-.:/?]+/g, ' ')
    .toLowerCase();
  const tokens = tokenise(spaced);
  const words = tokens.words.filter((word, at) => !/^\d{1,2}$/.test(word) || tokens.words[at - 1] === 'last');
  const last = words.at(-1) ?? '';
  const terms = findTerms(tokenise(words.join(' ')));
  const closing = terms.filter((term) => term.last === words.length - 1 && term.kind !== 'UNIT');
  const announced = closing.filter((term) => term.kind !== 'EXCLUSION').map((term) => term.kind);
  if (announced.length > 0 && (closing[0]?.words ?? 0) > 1) return { stays: false, kinds: announced };
  // `ssnId`, `nationalId`: whatever it is called, it is the number of a person.
  if (ID_ENDS.has(last) && terms.some((term) => term.kind === 'SSN')) return { stays: false, kinds: ['SSN'] };
  if ((STAY_ENDS.has(last) && words.length <= LONGEST_MEASURE) || (last === 'agent' && words.at(-2) === 'user'))
    return STAYS;
  if (closing.some((term) => term.kind === 'EXCLUSION')) return STAYS;
  if (announced.length > 0) {
    const kinds = announced.filter((kind) => kind !== 'NUMBER' || words.length === 1);
    // `cvv2Code` is the code of a card.
    if (terms.some((term) => term.kind === 'CVV') && !kinds.includes('CVV')) kinds.push('CVV');
    return { stays: false, kinds };
  }
  if (terms.some((term) => term.kind === 'EXCLUSION')) return STAYS;
  // `passwordLastChanged` holds no password.
  const kinds = terms.map((term) => term.kind).filter((kind) => announcementOf(kind)?.inNames === 'anywhere');
  return kinds.length > 0 ? { stays: false, kinds } : NEUTRAL;
}
