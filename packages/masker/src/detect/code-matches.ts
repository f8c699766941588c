/** Values of letters and digits, in the patterns of their types. */
import type { MaskSettings } from '../model/options.ts';
import type { Span } from '../model/pii-types.ts';
import type { TermKind } from '../model/type-table.ts';
import { TYPE_LIST } from '../types/registry.ts';

const CODE_RULES = TYPE_LIST.flatMap(({ name, codes }) => codes.map((rule) => ({ type: name, rule })));
/** Characters before a value in which a word may announce it. */
const REACH = 60;

/** Spans of the types that are switched on. */
export function findCodes(text: string, settings: MaskSettings, prior: readonly TermKind[]): Span[] {
  const spans: Span[] = [];
  for (const { type, rule } of CODE_RULES) {
    if (!settings.types.has(type)) continue;
    const { pattern, needs, words, accepts } = rule;
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (
        needs !== undefined &&
        !prior.includes(needs) &&
        words?.test(text.slice(Math.max(0, start - REACH), start)) !== true
      )
        continue;
      if (accepts(match[0])) spans.push({ type, start, end });
    }
  }
  return spans;
}
