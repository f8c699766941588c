/** Addresses and passwords that take two turns. */
import { findSpokenEmails, findTypedEmails } from './email.ts';
import { STRING } from './outline.ts';
import type { Search } from './search.ts';
import { answeredPassword } from './secrets.ts';
import { tokenise } from './tokens.ts';
import type { Span } from './types.ts';

/** "john.smith" and "@gmail.com" in two turns. */
export function joinSplitEmail(search: Search, leaf: number): void {
  const { turns, outline, settings } = search;
  if (!settings.types.has('EMAIL_ADDRESS')) return;
  const { tokens } = turns.utterance(leaf);
  const head = tokens.words[0] ?? '';
  if (head !== '@' && head !== 'at' && head !== 'dot' && head !== '.') {
    const tail = tokens.words[tokens.count - 1] ?? '';
    if (tail === '@' || tail === 'at' || tail === 'dot' || tail === 'underscore') {
      const next = turns.neighbour(leaf, 1);
      if (next >= 0) joinEmail(search, leaf, next);
    }
    return;
  }
  const speaker = turns.speaker(leaf);
  let previous = turns.neighbour(leaf, -1);
  for (let looked = 0; previous >= 0 && looked < 3; looked++, previous = turns.neighbour(previous, -1)) {
    if (turns.speaker(previous) === speaker) break;
  }
  if (previous >= 0 && outline.leafKind[previous] === STRING) joinEmail(search, previous, leaf);
}

function joinEmail(search: Search, before: number, after: number): void {
  const { turns, outline } = search;
  const [left, right] = [outline.text(before).trimEnd(), outline.text(after)];
  if (search.found(after).some((match) => match.type === 'EMAIL_ADDRESS' && match.start === 0)) return;
  const isTyped = right.startsWith('@') || left.endsWith('@');
  const joined = left + (isTyped ? '' : ' ') + right;
  const seam = left.length + (isTyped ? 0 : 1);
  const joinedTokens = tokenise(joined);
  const context =
    turns.openQuestion(before).includes('EMAIL') || turns.utterance(before).terms.some((term) => term.kind === 'EMAIL');
  const spans: Span[] = isTyped ? findTypedEmails(joined) : [];
  if (spans.length === 0) spans.push(...findSpokenEmails(joinedTokens, context || isTyped));
  for (const span of spans) {
    if (span.start >= left.length || span.end <= seam) continue;
    const canonical = joined.slice(span.start, span.end).toLowerCase();
    search.record(before, [{ type: 'EMAIL_ADDRESS', start: span.start, end: left.length, canonical }]);
    search.record(after, [{ type: 'EMAIL_ADDRESS', start: 0, end: span.end - seam, canonical }]);
  }
}

/** "What is your password?" - "crickets". */
export function maskAnsweredPassword(search: Search, leaf: number): void {
  const { turns, outline, settings } = search;
  if (!settings.types.has('PASSWORD')) return;
  const { terms, tokens } = turns.utterance(leaf);
  if (!terms.some((term) => term.kind === 'PASSWORD') || search.found(leaf).some((match) => match.type === 'PASSWORD'))
    return;
  if (
    !/[?]|\b(?:please|what|whats|tell|say|give|provide|confirm|verify|share|spell|can|could|may)\b/i.test(tokens.text)
  )
    return;
  if (tokens.words.includes('[]')) return;
  const next = turns.neighbour(leaf, 1);
  if (
    next < 0 ||
    turns.utterance(next).terms.some((term) => term.kind === 'VETO') ||
    (turns.speaker(next) === turns.speaker(leaf) && turns.speaker(leaf) !== '')
  )
    return;
  const span = answeredPassword(turns.utterance(next).tokens);
  if (span !== undefined && turns.utterance(next).normal.starts === undefined)
    search.record(next, [{ ...span, canonical: outline.text(next).slice(span.start, span.end) }]);
}
