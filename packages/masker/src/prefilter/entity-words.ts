/** The words that make a text worth reading for names and addresses. */
import type { Lexicon } from '../lexicon/lexicon.ts';
import { wordsOf } from '../text/word-groups.ts';
import { ASKS_NAME, ASKS_PLACE, NAMING, PAIRED, PLACING } from './scanner/assembly/bits.ts';
import type { WordTable } from './word-table.ts';

/** Say that a name may follow, whatever it is. */
const ANNOUNCING = wordsOf({
  names: 'name names named surname lastname firstname fullname',
  titles: 'mr mrs ms mx dr doctor prof professor nurse officer miss mister madame monsieur herr frau shri',
  calls: 'speaking spoke chatting',
  greetings: 'hi hello hey dear',
  closings: 'regards sincerely cheers faithfully respectfully',
  people: 'cardholder beneficiary passenger attn spouse',
});
/** Ask for a name, in words that do not say so themselves. */
const ASKING = wordsOf({ questions: 'who whom spell spelled spelling', names: 'name names surname speaking' });
/** Ask for an address or announce one. */
const PLACES = wordsOf({
  addresses: 'address addresses zip zipcode postcode postal pincode eircode mailing',
  living: 'live living reside',
});
/** Before the number of a box. */
const BOXES = wordsOf({ boxes: 'box pobox broadway apartment apt unit suite' });
/** First names that are ordinary words, too, but not in such talk. */
const OPENING_NAMES = wordsOf({
  flowers: 'crystal daisy ruby rosemary hazel ivy iris violet pearl opal amber jade jasmine poppy olive fern willow',
  virtues: 'grace faith constance felicity verity prudence',
  others:
    'robin dawn ginger carmen frank cliff clay hunter mason carter cooper parker dean drew heath rod lance wade guy reed colt duke earl',
});
/** First names that are words of everyday speech: names behind one of {@link BEFORE_COMMON}. */
const COMMON_NAMES = wordsOf({
  names:
    'mark will bill may rose grace frank art rob jack dawn joy hope faith april june summer grant chase drew guy max rich sandy penny lily sage autumn rusty',
});
const BEFORE_COMMON = wordsOf({
  greetings: 'hi hello hey dear thanks you morning afternoon evening',
  calls: 'is im with to',
  people: 'wife husband son daughter',
});

/**
 * Marks in a table what the lexicon knows of names and streets, and the words that announce them.
 *
 * @throws RangeError when the table has no room
 */
export function markEntities(table: WordTable, lexicon: Lexicon): void {
  table.addAll(lexicon.naming, NAMING);
  table.addAll(lexicon.placing, PLACING);
  table.mark(OPENING_NAMES, NAMING);
  table.mark(ANNOUNCING, NAMING);
  table.mark(ASKING, ASKS_NAME);
  table.mark(PLACES, ASKS_PLACE);
  table.mark(BOXES, PLACING);
  table.mark(COMMON_NAMES, PAIRED);
  for (const name of COMMON_NAMES) for (const before of BEFORE_COMMON) table.markPair(before, name, NAMING);
}
