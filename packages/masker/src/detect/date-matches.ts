/** Dates that are a birthday or a card's expiry, because the words say so. */

import type { MaskSettings } from '../model/options.ts';
import type { Span } from '../model/pii-types.ts';
import type { SpanSet } from '../model/span-set.ts';
import type { PiiType, TermKind } from '../model/type-table.ts';
import { makeAtom } from '../numbers/atom.ts';
import { type DateMention, findDates, isMonth } from '../numbers/dates.ts';
import { isFiller } from '../numbers/runs.ts';
import type { Utterance } from '../numbers/utterance.ts';
import { WordSet } from '../text/lexicon.ts';
import { hasKind } from '../text/terms.ts';
import { WORD } from '../text/tokens.ts';
import { announcement } from './announcement.ts';
import { contextOf } from './context.ts';

const SPOKEN_DATE_CHAR = /[a-z]/i;

/** Dates count as a birthday or a card's expiry when the words say so. */
export function addDates(
  utterance: Utterance,
  prior: readonly TermKind[],
  settings: MaskSettings,
  found: SpanSet,
): void {
  const { tokens, terms } = utterance;
  const birth = hasKind(terms, 'DOB') || prior.includes('DOB');
  const expiry = hasKind(terms, 'EXPIRY') || prior.includes('EXPIRY');
  if (!birth && !expiry) return;
  const lastName = terms.findLast(({ kind }) => kind === 'DOB')?.first ?? -1;
  let birthday: DateMention | undefined;
  for (const date of findDates(tokens)) {
    const isSpoken = SPOKEN_DATE_CHAR.test(tokens.text.slice(date.start, date.end));
    const atom = makeAtom(tokens, '', date.first, date.last, isSpoken);
    const context = contextOf(tokens, terms, [[atom]], 0, prior);
    const kind = context.kinds.find((candidate) => candidate === 'DOB' || candidate === 'EXPIRY');
    const nearestOther = context.kinds.find((candidate) => candidate !== 'NUMBER' && candidate !== 'LAST4');
    if (
      kind === undefined ||
      context.excluded ||
      // A card's expiry names no day.
      (kind === 'EXPIRY' && date.day && date.year && !context.kinds.includes('CARD')) ||
      (nearestOther !== kind &&
        nearestOther !== 'CARD' &&
        nearestOther !== 'CVV' &&
        nearestOther !== 'PHONE' &&
        nearestOther !== 'BANK')
    )
      continue;
    if (kind === 'DOB' && birthday !== undefined && lastName < birthday.last)
      if (isAnotherMatter(utterance, birthday, date)) continue;
    if (kind === 'DOB') birthday = date;
    const type: PiiType = kind === 'DOB' ? 'DATE_OF_BIRTH' : 'CREDIT_CARD_EXPIRY';
    const span: Span = { type, start: date.start, end: date.end };
    if (settings.types.has(type) && !found.touches(span))
      found.add({
        ...span,
        canonical: tokens.text.slice(date.start, date.end).toLowerCase(),
        reason: { rule: 'date', ...announcement(tokens, terms, kind, date.first, date.last) },
      });
  }
  if (expiry) addMonthExpiries(utterance, settings, found);
}

const JOINING = new WordSet(['and', 'or', 'not', 'is', 'its', 'on', 'the', 'was']);

/** "born 9 March 1977, seen on 02/11/2024": after a birthday, a date with other words before it is none. */
function isAnotherMatter({ tokens }: Utterance, birthday: DateMention, date: DateMention): boolean {
  for (let i = birthday.last + 1; i < date.first; i++) {
    const entry = tokens.entries[i];
    if (tokens.kinds[i] === WORD && !JOINING.has(entry) && !isFiller(entry)) return true;
  }
  return false;
}

/** "September 27" beside an expiry word reads as month and year. */
function addMonthExpiries(utterance: Utterance, settings: MaskSettings, found: SpanSet): void {
  const { tokens, terms, runs } = utterance;
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
    if (!found.touches(span))
      found.add({
        ...span,
        canonical: tokens.text.slice(span.start, span.end).toLowerCase(),
        reason: { rule: 'date', ...announcement(tokens, terms, 'EXPIRY', month, last.last) },
      });
  }
}
