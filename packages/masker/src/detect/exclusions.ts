/**
 * Which number a phrase such as "order" or "tracking number" names, and therefore frees: the one that it is attached to,
 * never one that merely stands near it.
 */

import { type Entry, WordSet } from '../text/lexicon.ts';
import type { Term } from '../text/terms.ts';
import type { Tokens } from '../text/tokens.ts';
import { wordsOf } from '../text/word-groups.ts';

/** Why a number is free: nothing frees it; a `noun` names it ("order 4471220"); an `id` does so in so many words ("order number"). */
export type Exclusion = 'none' | 'noun' | 'id';

/** What makes of a noun the name of an id: "order number", "tracking #". */
const NAMING = new WordSet(wordsOf({ names: 'number numbers no num id ids code codes key reference', signs: '#' }));
/** Nouns that are ids by themselves. */
const IDS = new WordSet(
  wordsOf({
    goods: 'sku skus upc isbn ean asin barcode',
    devices: 'imei meid iccid imsi',
    technique: 'uuid guid arn md5 sha commit hash contactid',
    freight: 'awb waybill',
    mail: 'zip zipcode postcode',
    tickets: 'rma',
  }),
);
/** After one of these the noun is done and its value comes. */
const LINKING = new WordSet(wordsOf({ being: 'is was are were', saying: 'says said shows reads', signs: ': =' }));
const HESITATIONS = new WordSet('um uh er erm like'.split(' '));
/** Signs that open what they enclose. */
const OPENING = new WordSet(['(', '[', '"', "'", '-']);
/** What may be shortened with a full stop: "no. 12". */
const SHORTENED = new WordSet('no num ref nr'.split(' '));
/** Between a sum and its amount: "a refund of about 1200". */
const SUMMING = new WordSet(
  wordsOf({
    being: 'is was are were it that',
    prepositions: 'of for to at',
    estimates: 'just about around approximately roughly only over under exactly almost nearly',
    articles: 'a an the another',
    reaching: 'came up got',
    signs: ': = - (',
  }),
);
const SUMS = new Set(
  wordsOf({
    prices: 'price priced cost costs worth',
    sums: 'total totals subtotal amount amounts balance',
    charges: 'charge charged fee fees premium deductible copay deposit',
    payments: 'refund refunded payment paid credit',
    debts: 'owed owe due bill bills',
  }),
);
/** Amounts are short: so many digits are none, whatever was paid, owed or refunded. */
const LONGEST_AMOUNT = 12;
/** Digits of an amount that does not come right after the word for it. */
const LONGEST_LINKED_AMOUNT = 7;
/** Tokens between a noun and the value that it names. */
const REACH = 8;

/**
 * Whether a phrase names an id in so many words.
 *
 * @example of "order number" -> true, of "order" -> false
 */
export function isNameOfId({ entries }: Tokens, { first, last }: Term): boolean {
  return IDS.has(entries[first]) || NAMING.has(entries[last]) || NAMING.has(entries[last + 1]);
}

/**
 * How a phrase that excludes frees the number at a token.
 *
 * @param value the first token of the number
 * @param digits how many it has
 * @example of "order number: 4471220" -> 'id'; of "order 4471220" -> 'noun'; of "about the order, 4471220" -> 'none'
 */
export function exclusionOf(tokens: Tokens, term: Term, value: number, digits: number): Exclusion {
  if (SUMS.has(tokens.words[term.first] ?? '')) {
    if (digits > LONGEST_AMOUNT) return 'none';
    if (digits <= LONGEST_LINKED_AMOUNT && isSummed(tokens, term.last + 1, value)) return 'noun';
  }
  if (!isAttached(tokens, term, value)) return 'none';
  return isNameOfId(tokens, term) ? 'id' : 'noun';
}

/** Whether nothing stands between a noun and a value but what makes it the name of an id, and "is" or a colon. */
function isAttached(tokens: Tokens, term: Term, value: number): boolean {
  const { entries } = tokens;
  if (value - term.last > REACH) return false;
  const isId = isNameOfId(tokens, term);
  let isLinked = false;
  for (let at = term.last + 1; at < value; at++) {
    const entry = entries[at];
    if (LINKING.has(entry)) isLinked = true;
    else if (NAMING.has(entry)) {
      if (isLinked) return false;
    } else if (!HESITATIONS.has(entry) && !OPENING.has(entry) && !isPause(tokens, at, isId && isLinked)) return false;
  }
  return true;
}

/** A full stop that only shortens a word, or the comma of who hesitates: "the order number is, um, 4471". */
function isPause({ entries, words }: Tokens, at: number, isCommitted: boolean): boolean {
  if (words[at] === '.') return SHORTENED.has(entries[at - 1]);
  return isCommitted && words[at] === ',' && mayPause(entries[at - 1]);
}

function mayPause(before: Entry | undefined): boolean {
  return LINKING.has(before) || HESITATIONS.has(before);
}

function isSummed({ entries }: Tokens, from: number, to: number): boolean {
  if (to - from > REACH) return false;
  for (let at = from; at < to; at++) if (!SUMMING.has(entries[at])) return false;
  return true;
}
