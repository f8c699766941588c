/** What the name of a member says about its value. */
import { findTerms } from './terms.ts';
import { tokenise } from './tokens.ts';
import type { TermKind } from './vocabulary.ts';

/** `stays`: ids, times and measures, never masked by shape. `kinds`: what the name announces. */
export interface KeyMeaning {
  stays: boolean;
  kinds: readonly TermKind[];
  /** A line of conversation: its neighbours in the array are its context. */
  text: boolean;
  /** The value of a pair, as in `nameKey: "orderNumber", valueKey: …`. */
  pairValue: boolean;
}

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
const STAY_ENDS = new Set(
  (
    'id ids uuid guid uid ms time timestamp ts date datetime at hash sha sha1 sha256 sha512 md5 etag version count counts size length offset offsets ' +
    'duration durations epoch index idx seq sequence confidence conf score scores rate ratio percent price amount cost latitude longitude lat lon lng ' +
    'width height seconds secs minutes millis nanos utc created updated modified arn revision rev build cursor checksum signature nonce salt ttl timezone quantity qty year sdk firmware os'
  ).split(' '),
);
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
  'code',
  'prop',
  'property',
  'column',
  'kind',
]);
const PAIR_VALUES = new Set([
  'value',
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

type OwnMeaning = Omit<KeyMeaning, 'pairValue'>;

const NEUTRAL: OwnMeaning = { stays: false, kinds: [], text: false };
const TEXT: OwnMeaning = { stays: false, kinds: [], text: true };
const STAYS: OwnMeaning = { stays: true, kinds: [], text: false };

const known = new Map<string, KeyMeaning>();
const MAX_KNOWN = 4096;

/** The name asked for last: mostly the next one is the same. */
let lastKey = '';
let lastMeaning: KeyMeaning = { ...NEUTRAL, pairValue: false };

/** The meaning of a member name, remembered for the names that come again and again. */
export function keyMeaning(key: string): KeyMeaning {
  if (key === lastKey) return lastMeaning;
  let meaning = known.get(key);
  if (meaning === undefined) {
    meaning = { ...readKey(key), pairValue: PAIR_VALUES.has(key) };
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(key, meaning);
  }
  lastKey = key;
  lastMeaning = meaning;
  return meaning;
}

/** Whether `nameKey: "orderNumber", valueKey: …` forms a pair that reads like a member. */
export function isPairName(key: string): boolean {
  return PAIR_NAMES.has(key);
}

function readKey(key: string): OwnMeaning {
  if (key === '') return NEUTRAL;
  if (TEXT_KEYS.has(key)) return TEXT;
  // A name is short and holds no value of its own.
  if (key.length > 48 || /\d{3}|[@[\]]|:(?! )/.test(key)) return NEUTRAL;
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
  const announced = closing.filter((term) => term.kind !== 'VETO').map((term) => term.kind);
  if (announced.length > 0 && (closing[0]?.words ?? 0) > 1) return { stays: false, kinds: announced, text: false };
  if (STAY_ENDS.has(last)) return STAYS;
  if (closing.some((term) => term.kind === 'VETO')) return STAYS;
  if (announced.length > 0)
    return { stays: false, kinds: announced.filter((kind) => kind !== 'NUMBER' || words.length === 1), text: false };
  if (terms.some((term) => term.kind === 'VETO')) return STAYS;
  const kinds = terms.filter((term) => term.kind !== 'UNIT' && term.kind !== 'NUMBER').map((term) => term.kind);
  return kinds.length > 0 ? { stays: false, kinds, text: false } : NEUTRAL;
}
