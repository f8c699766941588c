import type { MaskSettings } from './options.ts';
import type { PiiType, Span } from './types.ts';

// Bounded quantifiers only: each pattern is linear in the length of the text.
const PATTERNS: readonly (readonly [PiiType, RegExp])[] = [
  ['EMAIL_ADDRESS', /(?<![\w.%+-])[\w.%+-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,8}/g],
  ['US_SSN', /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/g],
  ['PHONE_NUMBER', /(?<!\d)(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ]?)\d{3}[-. ]?\d{4}(?!\d)/g],
];

/** Personal data in one string: spans in order, without overlaps. */
export function detect(text: string, settings: MaskSettings): Span[] {
  const spans: Span[] = [];
  for (const [type, pattern] of PATTERNS) {
    if (!settings.types.has(type)) continue;
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (!spans.some((span) => span.start < end && span.end > start)) spans.push({ type, start, end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}
