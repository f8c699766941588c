/** Values of letters and digits, in the patterns of their types: the words around them decide as they do for digits. */
import type { Reason } from '../model/match.ts';
import type { MaskSettings } from '../model/options.ts';
import type { Span } from '../model/pii-types.ts';
import type { TermKind } from '../model/type-table.ts';
import { makeAtom } from '../numbers/atom.ts';
import type { Utterance } from '../numbers/utterance.ts';
import type { Tokens } from '../text/tokens.ts';
import { TYPE_LIST } from '../types/registry.ts';
import { announcement } from './announcement.ts';
import { type Context, contextOf } from './context.ts';

const CODE_RULES = TYPE_LIST.flatMap(({ name, codes }) => codes.map((rule) => ({ type: name, rule })));

/** Kinds that say nothing about which value is meant. */
const VAGUE: ReadonlySet<TermKind> = new Set(['NUMBER', 'LAST4', 'EXPIRY']);

/** A value with what told it. */
export interface FoundCode extends Span {
  readonly reason: Reason;
}

/** Spans of the types that are switched on: "my passport is C12345678", not "order number AB 12 34 56 C". */
export function findCodes(utterance: Utterance, settings: MaskSettings, prior: readonly TermKind[]): FoundCode[] {
  const spans: FoundCode[] = [];
  const { text } = utterance.tokens;
  for (const { type, rule } of CODE_RULES) {
    if (!settings.types.has(type)) continue;
    const { pattern, needs, accepts } = rule;
    for (const match of text.matchAll(pattern)) {
      settings.checkpoint();
      const value = match[0];
      if (!accepts(value)) continue;
      const start = match.index;
      const end = start + value.length;
      if (needs === undefined) {
        if (contextOfCode(utterance, start, end, prior).excluded) continue;
      } else if (!isAnnounced(needs, value, (asked) => contextOfCode(utterance, start, end, asked), prior)) continue;
      spans.push({ type, start, end, reason: reasonOf(utterance, needs, start, end) });
    }
  }
  return spans;
}

function reasonOf({ tokens, terms }: Utterance, needs: TermKind | undefined, start: number, end: number): Reason {
  if (needs === undefined) return { rule: 'pattern' };
  const [first, last] = [tokenAt(tokens, start), tokenAt(tokens, end - 1)];
  return { rule: 'pattern', ...announcement(tokens, terms, needs, first, last) };
}

/** Whether the nearest telling word announces a value or, where none does, a question does. */
function isAnnounced(
  needs: TermKind,
  value: string,
  contextWith: (prior: readonly TermKind[]) => Context,
  prior: readonly TermKind[],
): boolean {
  const own = contextWith([]);
  if (own.excluded) return false;
  const nearest = own.kinds.find((kind) => !VAGUE.has(kind));
  if (nearest !== undefined) return nearest === needs;
  // Digits alone may answer whatever else was asked; the types of digits see to that.
  return prior.includes(needs) && /[A-Za-z]/.test(value) && contextWith(prior).kinds.includes(needs);
}

/** The words that reach a stretch of the text. */
function contextOfCode(
  { tokens, terms, runs }: Utterance,
  start: number,
  end: number,
  prior: readonly TermKind[],
): Context {
  const first = tokenAt(tokens, start);
  const atom = makeAtom(tokens, '', first, tokenAt(tokens, end - 1), false);
  const before = runs.findLast((run) => (run[0]?.first ?? first) < first);
  return contextOf(tokens, terms, [before ?? [], [atom]], 1, prior);
}

/** The token at a place. */
function tokenAt({ count, ends }: Tokens, place: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}
