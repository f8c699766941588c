/** Passwords that talk of a password leads to, under no name of their own: "i changed it to crickets", "ok Harbor#55 worked". */

import { toOriginal } from '../detect/detect.ts';
import type { Span } from '../model/pii-types.ts';
import { hasKind } from '../text/terms.ts';
import { tokenise } from '../text/tokens.ts';
import { answeredPassword } from '../types/secrets/find-passwords.ts';
import type { Search } from './search.ts';

/** Turns that the talk lasts. */
const TALK_REACH = 4;
/** "changed it to", "the new one will be" */
const RENEWING =
  /\b(?:(?:changed?|set|reset|made?|make|updated?) (?:it|that|mine)(?: back)? to|(?:new|other|current|old) one(?:['’]s| is| was| will be| would be| should be)) (?:(?:be|now|um|uh) ){0,2}/i;
const CLAUSE_END = /[,;!?]|\.(?=\s|$)| and | but | so /;
const LONGEST_VALUE = 48;
/** Letters, digits and a sign inside of them: nothing else is written so. */
const SIGNED =
  /(?<![^\s"'(])(?=[^\s]{0,31}[A-Za-z])(?=[^\s]{0,31}\d)[A-Za-z\d][\w.-]{0,30}[!#$%^&*~][\w!#$%^&*~-]{0,30}(?<![.,-])(?=[\s"').,?]|$)/g;
/** Characters of a password that is told by its looks. */
const SHORTEST_SIGNED = 8;

/**
 * Masks the passwords that a turn with the word for one, or the turns after it, hold.
 *
 * @example of "it says the password must be different", then "ok Harbor#5520 worked" -> a PASSWORD in the second
 */
export function maskRenewedPasswords(search: Search, leaf: number): void {
  const { turns, settings } = search;
  if (!settings.types.has('PASSWORD') || !hasKind(turns.utterance(leaf).terms, 'PASSWORD')) return;
  for (let turn = leaf, looked = 0; turn >= 0 && looked <= TALK_REACH; turn = turns.neighbour(turn, 1), looked++)
    maskTurn(search, turn);
}

function maskTurn(search: Search, leaf: number): void {
  const { tokens, terms, normal } = search.turns.utterance(leaf);
  const { text } = tokens;
  const spans = [...renewed(text), ...(hasKind(terms, 'EXCLUSION') ? [] : signed(text))];
  for (const span of spans) {
    const canonical = text.slice(span.start, span.end);
    const match = { ...span, canonical, reason: { rule: 'turns' as const } };
    search.record(leaf, [normal.starts === undefined ? match : toOriginal(normal, match)]);
  }
}

function renewed(text: string): Span[] {
  const match = RENEWING.exec(text);
  if (match === null) return [];
  const from = match.index + match[0].length;
  const rest = text.slice(from, from + LONGEST_VALUE);
  const end = rest.search(CLAUSE_END);
  const span = answeredPassword(tokenise(end < 0 ? rest : rest.slice(0, end)));
  return span === undefined ? [] : [{ ...span, start: span.start + from, end: span.end + from }];
}

function signed(text: string): Span[] {
  return [...text.matchAll(SIGNED)]
    .filter(([value]) => value.length >= SHORTEST_SIGNED)
    .map(({ 0: value, index }) => ({ type: 'PASSWORD', start: index, end: index + value.length }));
}
