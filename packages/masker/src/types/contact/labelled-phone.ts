/** Telephone numbers after the short labels of signatures and notes: "T: 020 7946 0018", "M 07700 900123". */

import type { Span } from '../../model/pii-types.ts';
import { extensionLength } from './phone-extent.ts';

/** At the start of a line or after a stroke; letters alone count with a colon, a full stop or brackets. */
const LABEL =
  /(?:^|[\n|,;/\u2022]|(?<=\d)[ \t]{1,3})[ \t]{0,8}(?:\(?(?:[tmfdohwp]|tel|ph|mob|fax|ddi|direct|office|home|work|landline|switchboard)\)?[ \t]{0,3}[:.]|\([tmfdohw]\)|[TMFDHW](?=[ \t]{1,3}[+(0])|(?:DDI|Ddi|Direct|Ph|Office))[ \t]{0,8}/gi;
/** Blanks, brackets, dots and dashes between the digits. */
const NUMBER = /\+?\(?\d[\d ().-]{5,20}\d/y;
/** With its trunk zero a number has so many digits. */
const FEWEST = 10;
const MOST = 13;

/**
 * National numbers that a label of one letter or an abbreviation announces; those of the North American plan and those with
 * a country code are told by their shape.
 *
 * @example findLabelledPhones('T: 020 7946 0018') // [{ type: 'PHONE_NUMBER', start: 3, end: 16 }]
 */
export function findLabelledPhones(text: string): Span[] {
  const spans: Span[] = [];
  for (const label of text.matchAll(LABEL)) {
    NUMBER.lastIndex = label.index + label[0].length;
    const start = NUMBER.lastIndex;
    const number = NUMBER.exec(text)?.[0];
    if (number === undefined) continue;
    const { length } = number.replace(/\D/g, '');
    if (length < FEWEST || length > MOST || !BEGINNING.test(number)) continue;
    const end = start + number.length;
    spans.push({ type: 'PHONE_NUMBER', start, end: end + extensionLength(text, end) });
  }
  return spans;
}

const BEGINNING = /^\(?0[1-9]/;
