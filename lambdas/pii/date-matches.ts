/** Dates that are a birthday or a card's expiry, because the words say so. */
import { armsOf } from './arms.ts';
import type { Atom } from './atom.ts';
import { findDates, isMonth } from './dates.ts';
import type { Utterance } from './detect.ts';
import type { Found } from './found.ts';
import type { MaskSettings } from './options.ts';
import { hasKind } from './terms.ts';
import type { PiiType, Span } from './types.ts';
import type { TermKind } from './vocabulary.ts';

const SPOKEN_DATE_CHAR = /[a-z]/i;

/** Dates count as a birthday or a card's expiry when the words say so. */
export function addDates(utterance: Utterance, prior: readonly TermKind[], settings: MaskSettings, found: Found): void {
  const { tokens, terms } = utterance;
  const birth = hasKind(terms, 'DOB') || prior.includes('DOB');
  const expiry = hasKind(terms, 'EXPIRY') || prior.includes('EXPIRY');
  if (!birth && !expiry) return;
  for (const date of findDates(tokens)) {
    const atom: Atom = {
      digits: '',
      long: undefined,
      first: date.first,
      last: date.last,
      start: date.start,
      end: date.end,
      spoken: SPOKEN_DATE_CHAR.test(tokens.text.slice(date.start, date.end)),
      quantity: false,
      glued: false,
      clock: false,
      plus: false,
      tail: false,
      gap: 0,
    };
    const arms = armsOf(tokens, terms, [[atom]], 0, prior);
    const kind = arms.kinds.find((candidate) => candidate === 'DOB' || candidate === 'EXPIRY');
    const nearestOther = arms.kinds.find((candidate) => candidate !== 'NUMBER' && candidate !== 'LAST4');
    if (
      kind === undefined ||
      arms.vetoed ||
      // A card's expiry names no day.
      (kind === 'EXPIRY' && date.day && date.year && !arms.kinds.includes('CARD')) ||
      (nearestOther !== kind &&
        nearestOther !== 'CARD' &&
        nearestOther !== 'CVV' &&
        nearestOther !== 'PHONE' &&
        nearestOther !== 'BANK')
    )
      continue;
    const type: PiiType = kind === 'DOB' ? 'DATE_OF_BIRTH' : 'CREDIT_CARD_EXPIRY';
    const span: Span = { type, start: date.start, end: date.end };
    if (settings.types.has(type) && !found.touches(span))
      found.add({ ...span, canonical: tokens.text.slice(date.start, date.end).toLowerCase() });
  }
  if (expiry) addMonthExpiries(utterance, settings, found);
}

/** "September 27" beside an expiry word reads as month and year. */
function addMonthExpiries(utterance: Utterance, settings: MaskSettings, found: Found): void {
  const { tokens, runs } = utterance;
  if (!settings.types.has('CREDIT_CARD_EXPIRY')) return;
  for (const whole of runs) {
    // What comes after a full stop is another number.
    const end = whole.findIndex(({ start }, i) =>
      /[.;\n]\s*$/.test(tokens.text.slice(whole[i - 1]?.end ?? start, start)),
    );
    const run = end < 0 ? whole : whole.slice(0, end);
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined || first.first === 0) continue;
    const month = tokens.words[first.first - 1] === 'of' ? first.first - 2 : first.first - 1;
    if (!isMonth(tokens.words[month] ?? '') || run.length > 3) continue;
    const span: Span = { type: 'CREDIT_CARD_EXPIRY', start: tokens.starts[month] ?? 0, end: last.end };
    if (!found.touches(span)) found.add({ ...span, canonical: tokens.text.slice(span.start, span.end).toLowerCase() });
  }
}
