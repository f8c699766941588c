/** Addresses and passwords that take two turns. */

import { toOriginal } from '../detect/detect.ts';
import { STRING } from '../json/structural-index.ts';
import { outside } from '../model/outside.ts';
import type { Span } from '../model/pii-types.ts';
import type { Utterance } from '../numbers/utterance.ts';
import { isNumberEntry } from '../text/lexicon.ts';
import { hasKind } from '../text/terms.ts';
import { PUNCTUATION, type Tokens, tokenise, WORD } from '../text/tokens.ts';
import { wordsOf } from '../text/word-groups.ts';
import { findSpokenEmails } from '../types/contact/spoken-email.ts';
import { findTypedEmails } from '../types/contact/typed-email.ts';
import { answeredPassword } from '../types/secrets/find-passwords.ts';
import { TALK } from '../types/secrets/password-words.ts';
import { isAcknowledgement } from './continuation.ts';
import type { Search } from './search.ts';

/** Turns that one address may take. */
const MAX_PARTS = 6;
/** Characters of a part that is looked for in the next turn. */
const SHORTEST_REPEATED = 3;
/** Tokens of a turn that only spells: "j o h n", "dot four two". */
const LONGEST_SPELLING = 10;

/** The end of an address, written or spoken. */
const DOMAIN = /\bdot\b|\.[a-z]{2}/i;
const ENDS_AT = /(?:\bat|@)[\s.,]{0,4}$/i;

/** "john.smith" and "@gmail.com" in two turns; "j o h n" - "okay" - "s m i t h" - "at gmail dot com" in more. */
export function joinSplitEmail(search: Search, leaf: number): void {
  const { turns, settings } = search;
  if (!settings.types.has('EMAIL_ADDRESS')) return;
  const { tokens } = turns.utterance(leaf);
  if (!goesOn(tokens)) {
    const tail = tokens.words[tokens.count - 1] ?? '';
    if (tail === '@' || tail === 'at' || tail === 'dot' || tail === 'underscore') {
      const next = ownTurn(search, leaf, 1);
      if (next >= 0) joinEmail(search, [leaf, next]);
    } else if (DOMAIN.test(tokens.text)) {
      // "it is john at" holds nothing by itself; the next turn tells what it was.
      const before = ownTurn(search, leaf, -1);
      if (before >= 0 && ENDS_AT.test(search.structure.text(before))) joinEmail(search, [before, leaf]);
    }
    return;
  }
  const parts = [leaf];
  const isSigned = startsWithSign(tokens);
  for (let first = leaf; parts.length < MAX_PARTS; ) {
    first = ownTurn(search, first, -1);
    if (first < 0) break;
    const before = turns.utterance(first).tokens;
    if (!isSigned && !isSpelling(before)) break;
    if (parts.length > 1 && !goesOn(turns.utterance(parts[0] ?? leaf).tokens) && !isSpelling(before)) break;
    parts.unshift(first);
    if (!goesOn(before) && !isSpelling(before)) break;
  }
  // With fewer turns when the first of them says something else.
  for (let from = 0; from < parts.length - 1; from++) if (joinEmail(search, parts.slice(from), isSigned)) return;
}

const SIGN = /^(?:@|at|dot|\.)$/;
/** Letters or digits that a turn may begin with before the sign. */
const LONGEST_LEAD = 6;

/** Whether a turn begins with the middle of an address: "at gmail dot com", "one two at gmail dot com". */
function goesOn({ count, kinds, words, entries }: Tokens): boolean {
  for (let i = 0; i < Math.min(count, LONGEST_LEAD); i++) {
    const word = words[i] ?? '';
    if (SIGN.test(word)) return true;
    if (kinds[i] === PUNCTUATION || (kinds[i] === WORD && word.length > 1 && !isNumberEntry(entries[i]))) return false;
  }
  return false;
}

function startsWithSign({ words }: Tokens): boolean {
  return SIGN.test(words[0] ?? '');
}

/** Whether a turn holds nothing but letters, digits and signs, one by one. */
function isSpelling({ count, kinds, words, entries }: Tokens): boolean {
  if (count === 0 || count > LONGEST_SPELLING) return false;
  for (let i = 0; i < count; i++) {
    const word = words[i] ?? '';
    if (kinds[i] === WORD && word.length > 1 && !isNumberEntry(entries[i]) && !SPELLED_SIGNS.has(word)) return false;
  }
  return true;
}

/** Words in a turn that spells something, beside letters and digits. */
const SPELLED_SIGNS = new Set(
  wordsOf({
    signs: 'dot underscore dash hyphen',
    links: 'then and so its',
    hesitations: 'um uh',
    assent: 'sure okay ok yes yeah',
  }),
);

/** The turn of the same speaker before or after this one, over what others say in between; -1 when there is none. */
function ownTurn({ turns, structure }: Search, leaf: number, step: 1 | -1): number {
  const speaker = turns.speaker(leaf);
  let other = turns.neighbour(leaf, step);
  for (let looked = 0; other >= 0 && looked < 3; looked++, other = turns.neighbour(other, step))
    if (turns.speaker(other) === speaker) return structure.kind(other) === STRING ? other : -1;
  return -1;
}

/** Reads turns as one text; whether an address begins in the first of them and ends in the last. */
function joinEmail(search: Search, parts: readonly number[], isSigned = true): boolean {
  const { turns, structure } = search;
  const [first = -1, last = -1] = [parts[0], parts.at(-1)];
  if (isSigned && search.found(last).some(({ type, start }) => type === 'EMAIL_ADDRESS' && start === 0)) return false;
  let joined = '';
  const starts: number[] = [];
  for (const part of parts) {
    const text = structure.text(part);
    const isSeamless = joined === '' || text.startsWith('@') || joined.endsWith('@');
    joined = joined.trimEnd() + (isSeamless ? '' : ' ');
    starts.push(joined.length);
    joined += text;
  }
  const isTyped = structure.text(last).startsWith('@') || joined.slice(0, starts.at(-1)).trimEnd().endsWith('@');
  const context =
    isTyped ||
    turns.openQuestion(first).includes('EMAIL') ||
    turns.utterance(first).terms.some((term) => term.kind === 'EMAIL');
  const spans: Span[] = isTyped ? findTypedEmails(joined) : [];
  if (spans.length === 0) spans.push(...findSpokenEmails(tokenise(joined), context));
  const lastStart = starts.at(-1) ?? 0;
  const span = spans.find(({ start, end }) => start < (starts[1] ?? 0) - 1 && end > lastStart);
  if (span === undefined) return false;
  const canonical = joined.slice(span.start, span.end).toLowerCase();
  for (const [index, part] of parts.entries()) {
    const offset = starts[index] ?? 0;
    const { length } = structure.text(part).trimEnd();
    const start = Math.max(0, span.start - offset);
    const end = Math.min(length, span.end - offset);
    // What was found of it before stays as it is.
    for (const rest of outside({ start, end }, search.found(part)))
      recordPart(search, part, rest.start, rest.end, canonical);
    if (part !== last)
      recordRepeated(search, part, joined.slice(Math.max(offset, span.start), offset + end), canonical);
  }
  return true;
}

/** A part of an address that the other side says again: "j o h n" - "j o h n, okay". */
function recordRepeated(search: Search, part: number, said: string, canonical: string): void {
  const next = search.turns.neighbour(part, 1);
  const own = said.trim().toLowerCase();
  if (next < 0 || own.length < SHORTEST_REPEATED) return;
  const at = search.structure.text(next).toLowerCase().indexOf(own);
  if (at >= 0) recordPart(search, next, at, at + own.length, canonical);
}

function recordPart(search: Search, leaf: number, start: number, end: number, canonical: string): void {
  const text = search.structure.text(leaf).slice(start, end);
  if (!/[\p{L}\p{N}@]/u.test(text)) return;
  const trimmed = text.trimEnd().length;
  search.record(leaf, [
    {
      type: 'EMAIL_ADDRESS',
      start: start + text.length - text.trimStart().length,
      end: start + trimmed,
      canonical,
      reason: { rule: 'turns' },
    },
  ]);
}

/** Turns after the question in which the answer may come. */
const ANSWER_REACH = 3;
const ASKING =
  /[?]|\bneed (?:the|your|that|a)\b|\b(?:please|what|whats|tell|say|give|provide|confirm|verify|share|spell|can|could|may)\b/i;
/** Whether something was done or is known, and no password: "did you try resetting the password?" */
const YES_OR_NO = /\b(?:do|did|have|has|are) (?:you|they|we|i)\b|\breset|\bforg[oe]t|\bchang/i;
/** Tokens of a turn that asks without a word for it: "and the password on the account". */
const LONGEST_NAME = 8;
const LEFT_OPEN = /\b(?:is|was|its|it's)[\s,:.]{0,3}$|:\s{0,3}$/i;

/** How a turn leaves a password open: it asks for it, or breaks off before it. */
function openedBy({ tokens, terms }: Utterance): 'question' | 'statement' | undefined {
  const term = terms.findLast(({ kind }) => kind === 'PASSWORD');
  if (term === undefined || tokens.words.includes('[]')) return undefined;
  if (LEFT_OPEN.test(tokens.text) && term.last >= tokens.count - LONGEST_NAME) return 'statement';
  const from = clauseStart(tokens, term.first);
  if (YES_OR_NO.test(tokens.text.slice(tokens.starts[from])) || TALKED_ABOUT.has(tokens.words[term.last + 1] ?? ''))
    return undefined;
  const isName =
    tokens.count - from <= LONGEST_NAME &&
    !TALK.has(tokens.words[tokens.count - 1] ?? '') &&
    !tokens.words.includes('my');
  return ASKING.test(tokens.text) || isName ? 'question' : undefined;
}

/** Where the clause begins that a token is in: "how do you say that, and what's your security word" has two. */
function clauseStart({ words }: Tokens, token: number): number {
  let from = token;
  while (from > 0 && !/^(?:[.?!,]|and|so)$/.test(words[from - 1] ?? '')) from--;
  return from;
}

/** After "password" these make of it what is talked about. */
const TALKED_ABOUT = new Set(
  'reset resets email link page screen manager policy requirements hint expired is was works field'.split(' '),
);

/** "What is your password?" - "one second" - "crickets"; "my password is" - "crickets". */
export function maskAnsweredPassword(search: Search, leaf: number): void {
  const { turns, structure, settings } = search;
  if (!settings.types.has('PASSWORD')) return;
  const utterance = turns.utterance(leaf);
  if (!hasKind(utterance.terms, 'PASSWORD') || search.found(leaf).some((match) => match.type === 'PASSWORD')) return;
  const opened = openedBy(utterance);
  if (opened === undefined) return;
  const speaker = turns.speaker(leaf);
  for (
    let next = turns.neighbour(leaf, 1), looked = 0;
    next >= 0 && looked < ANSWER_REACH;
    next = turns.neighbour(next, 1), looked++
  ) {
    const isSame = turns.speaker(next) === speaker;
    const isAnswer = speaker === '' || isSame === (opened === 'statement');
    if (isAnswer && maskAnswer(search, next)) {
      maskRepeatedAnswer(search, next);
      return;
    }
    if (!isAcknowledgement(structure.text(next), structure.flags(next))) return;
  }
}

/** Turns after an answer in which the other side may say it again, and the letters of what counts as said again. */
const REPEAT_REACH = 2;
const SHORTEST_REPEATED_ANSWER = 4;

/** "marigold" - "marigold, lovely, thank you". */
function maskRepeatedAnswer(search: Search, answer: number): void {
  const { turns, structure } = search;
  const canonical =
    search
      .found(answer)
      .find(({ type }) => type === 'PASSWORD')
      ?.canonical.toLowerCase() ?? '';
  if (canonical.length < SHORTEST_REPEATED_ANSWER) return;
  for (
    let next = turns.neighbour(answer, 1), looked = 0;
    next >= 0 && looked < REPEAT_REACH;
    next = turns.neighbour(next, 1), looked++
  ) {
    const text = structure.text(next).toLowerCase();
    const start = text.indexOf(canonical);
    const end = start + canonical.length;
    if (start < 0 || /[\p{L}\p{N}]/u.test((text[start - 1] ?? ' ') + (text[end] ?? ' '))) continue;
    search.record(next, [{ type: 'PASSWORD', start, end, canonical, reason: { rule: 'repetition' } }]);
  }
}

/**
 * Whether the whole of an answer is a password, which is then among the findings.
 *
 * @example of "it's crickets ninety nine", after "what is your password?" -> true
 */
export function maskAnswer(search: Search, leaf: number): boolean {
  const { tokens, terms, normal } = search.turns.utterance(leaf);
  if (hasKind(terms, 'EXCLUSION') || tokens.words.includes('[]')) return false;
  const span = answeredPassword(tokens);
  if (span === undefined) return false;
  const match = toOriginal(normal, {
    ...span,
    canonical: tokens.text.slice(span.start, span.end),
    reason: { rule: 'answer', kind: 'PASSWORD' },
  });
  search.record(leaf, [match]);
  return true;
}
