/** E-mail addresses that are obfuscated ("john (at) acme (dot) org") or spoken ("j o h n at gmail dot com"). */

import type { Span } from '../../model/pii-types.ts';
import type { SpanSet } from '../../model/span-set.ts';
import type { Tokens } from '../../text/tokens.ts';
import { domainFrom, MAY_HAVE_DOT } from './spoken-domain.ts';
import { localBefore, ROLES } from './spoken-local.ts';
import { signAt } from './spoken-signs.ts';

const AT_WORDS = new Set(['at', '@', 'arroba']);

const MAY_BE_SPOKEN = /\bat\b|@|arroba/i;

/**
 * Addresses whose `@` or dots are words, or set apart by brackets or blanks.
 *
 * @param found the addresses that are typed in the usual way
 * @example of "john dot smith at gmail dot com" -> one EMAIL_ADDRESS over the whole
 */
export function findSpokenEmails(tokens: Tokens, emailContext: boolean, found?: SpanSet): Span[] {
  const spans = findAddresses(tokens, emailContext, found);
  if (spans.length > 0 || !MAY_PAUSE.test(tokens.text)) return spans;
  return findAddresses(withoutPauses(tokens), emailContext, found);
}

/** A full stop after a letter, "dot" or "at", or before what goes on with an address. */
const MAY_PAUSE = /\b(?:[a-z0-9]|dot|at|underscore|dash)\. |\.\s(?:dot|at|com|net|org|co|c o m)\b/i;
const BEFORE_PAUSE = /^(?:[a-z\d]|dot|at|underscore|dash|hyphen)$/;
const AFTER_PAUSE = /^(?:dot|at|com|net|org|edu|co|underscore)$/;

/** The tokens without the full stops that a recogniser sets where someone spells: "R. O. S. A. at example dot. Com". */
function withoutPauses(tokens: Tokens): Tokens {
  const left: number[] = [];
  for (let at = 0; at < tokens.count; at++) {
    const isPause =
      tokens.words[at] === '.' &&
      (BEFORE_PAUSE.test(tokens.words[at - 1] ?? '') || AFTER_PAUSE.test(tokens.words[at + 1] ?? '')) &&
      (tokens.starts[at + 1] ?? 0) > (tokens.ends[at] ?? 0);
    if (!isPause) left.push(at);
  }
  const of = <T>(list: readonly T[]): T[] => left.map((at) => list[at] as T);
  return {
    text: tokens.text,
    count: left.length,
    kinds: of(tokens.kinds),
    starts: of(tokens.starts),
    ends: of(tokens.ends),
    words: of(tokens.words),
    entries: of(tokens.entries),
  };
}

function findAddresses(tokens: Tokens, emailContext: boolean, found: SpanSet | undefined): Span[] {
  const spans: Span[] = [];
  if (!MAY_BE_SPOKEN.test(tokens.text)) return spans;
  const signs: number[] = [];
  for (let at = 0; at < tokens.count; at++) if (isAtWord(tokens.words[at])) signs.push(at);
  const [first = 0, last = -1] = [signs[0], signs.at(-1)];
  if (first === last && found?.touches({ start: tokens.starts[last] ?? 0, end: tokens.ends[last] ?? 0 })) return spans;
  const hasDots = MAY_HAVE_DOT.test(tokens.text);
  let floor = 0;
  // A bracket may stand before the sign.
  for (let at = Math.max(0, first - 1); at <= last; at++) {
    const sign = signAt(tokens, at, AT_WORDS);
    if (sign === undefined || sign.first < floor) continue;
    const expected = emailContext || ROLES.has(tokens.words[sign.first - 1] ?? '');
    const domain = domainFrom(tokens, sign.last + 1, expected, hasDots);
    if (domain === undefined) continue;
    const local = localBefore(tokens, sign.first - 1, floor, emailContext || !sign.plain, domain);
    if (local === undefined) continue;
    spans.push({ type: 'EMAIL_ADDRESS', start: tokens.starts[local] ?? 0, end: tokens.ends[domain.last] ?? 0 });
    floor = domain.last + 1;
    at = domain.last;
  }
  return spans;
}

/** One of {@link AT_WORDS}, asked of every word. */
function isAtWord(word: string | undefined): boolean {
  return word === 'at' || word === '@' || word === 'arroba';
}
