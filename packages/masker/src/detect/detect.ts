/** Personal data in one text: every rule over the normalised form, overlaps resolved once. */

import type { Match, Reason } from '../model/match.ts';
import type { MaskSettings } from '../model/options.ts';
import type { Span } from '../model/pii-types.ts';
import { SpanSet } from '../model/span-set.ts';
import { splice } from '../model/splice.ts';
import type { TermKind } from '../model/type-table.ts';
import { takeApart, type Utterance } from '../numbers/utterance.ts';
import { isLetterOrDigit } from '../text/ascii.ts';
import type { NormalText } from '../text/normalise.ts';
import type { TextInSearch } from '../types/descriptor.ts';
import { findIbanShapes } from '../types/payment/find-ibans.ts';
import { TYPE_LIST, TYPES } from '../types/registry.ts';
import { findCodes } from './code-matches.ts';
import { addDates } from './date-matches.ts';
import { addRun } from './run-matches.ts';

/**
 * The personal data in one text, in order, with offsets into it.
 *
 * @param prior what the text's surroundings ask for, nearest first: an earlier turn's question, the name of the key
 * @example detect('mail ann@example.com', resolveOptions())[0] // { type: 'EMAIL_ADDRESS', start: 5, end: 20, … }
 */
export function detect(text: string, settings: MaskSettings, prior: readonly TermKind[] = []): Match[] {
  return detectIn(takeApart(text), settings, prior);
}

/**
 * {@link detect} on a text that was taken apart before. Offsets are those of the original text.
 *
 * @example detectIn(takeApart('mail ann@example.com'), resolveOptions())[0]?.start // 5
 */
export function detectIn(utterance: Utterance, settings: MaskSettings, prior: readonly TermKind[] = []): Match[] {
  const { normal } = utterance;
  let found = search(utterance, settings, prior);
  // What is glued to a match stands free once the match is replaced: look again at what is left.
  for (let round = 0; round < MAX_ROUNDS && found.some((match) => isGlued(normal.text, match)); round++) {
    const more = search(takeApart(blanked(normal.text, found)), settings, prior).filter(
      (match) => !found.some((other) => other.start < match.end && other.end > match.start),
    );
    if (more.length === 0) break;
    found = [...found, ...more].sort((a, b) => a.start - b.start);
  }
  return normal.starts === undefined ? found : found.map((match) => toOriginal(normal, match));
}

const MAX_ROUNDS = 3;

function isGlued(text: string, { start, end }: Span): boolean {
  return isLetterOrNumber(text, start - 1) || isLetterOrNumber(text, end);
}

function isLetterOrNumber(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x80 ? /[\p{L}\p{N}]/u.test(text[at] ?? '') : isLetterOrDigit(code);
}

/** The text with opaque signs of the same length in place of what was found. */
function blanked(text: string, found: readonly Span[]): string {
  return splice(text, found, ({ start, end }) => `[${']'.repeat(end - start - 1)}`);
}

const TEXT_RULES = TYPE_LIST.flatMap(({ name, texts }) => texts.map((rule) => ({ type: name, rule })));

function search(utterance: Utterance, settings: MaskSettings, prior: readonly TermKind[]): Match[] {
  const { tokens, terms, runs } = utterance;
  const { text } = tokens;
  settings.checkpoint();
  const found = new SpanSet(text.length);
  const add = (spans: readonly (Span & { reason?: Reason })[]): void => addSpans(text, spans, settings, found);

  const inSearch: TextInSearch = { text, tokens, terms, runs, prior, found };
  for (const { type, rule } of TEXT_RULES) if (settings.types.has(type)) add(rule(inSearch));
  if (settings.optIn) add(findCodes(utterance, settings, prior));
  addDates(utterance, prior, settings, found);
  const accounts = findIbanShapes(text);
  for (let i = 0; i < runs.length; i++) {
    settings.checkpoint();
    addRun(utterance, i, prior, settings, found, accounts);
  }
  return found.inOrder();
}

const PATTERN: Reason = { rule: 'pattern' };

/** Adds spans of the types that are wanted, where nothing was found before. */
function addSpans(
  text: string,
  spans: readonly (Span & { reason?: Reason })[],
  settings: MaskSettings,
  found: SpanSet,
): void {
  for (const wanted of spans) {
    if (!settings.types.has(wanted.type)) continue;
    const span = clipped(wanted, found);
    if (span === undefined || found.touches(span)) continue;
    const { type, start, end } = span;
    found.add({
      type,
      start,
      end,
      canonical: TYPES[type].spelling(text.slice(start, end)),
      reason: wanted.reason ?? PATTERN,
    });
  }
}

/** A password that runs into another match ends before it. */
function clipped(span: Span, found: SpanSet): Span | undefined {
  if (span.type !== 'PASSWORD') return span;
  const end = found.nextStart(span.start, span.end);
  return end === span.end ? span : end > span.start + 1 ? { ...span, end: end - 1 } : undefined;
}

/**
 * A match on the normalised form as one on the text itself.
 *
 * @example of a match from 0 in the normal form of "&#52;111 …" -> one from 0, its end further on by four
 */
export function toOriginal(normal: NormalText, match: Match): Match {
  return {
    ...match,
    start: normal.starts?.[match.start] ?? match.start,
    end: normal.ends?.[match.end - 1] ?? match.end,
  };
}
