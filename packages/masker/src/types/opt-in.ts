/** Types that are off by default: national ids with a check digit or a telling shape, licences and plates by context. */

import type { MaskSettings } from '../model/options.ts';
import type { PiiType, Span } from '../model/pii-types.ts';
import type { TermKind } from '../model/term-kind.ts';
import { isVin } from '../numbers/checksums.ts';

interface OptInRule {
  type: PiiType;
  pattern: RegExp;
  /** What the words around must announce; none when the shape is enough. */
  context?: { kind: TermKind; words: RegExp };
  accepts?: (value: string) => boolean;
}

const RULES: readonly OptInRule[] = [
  {
    // Medicare beneficiary identifier (CMS): 11 places, letters without S, L, O, I, B, Z.
    type: 'US_MBI',
    pattern:
      /(?<![A-Za-z0-9-])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}(?![A-Za-z0-9-])/gi,
  },
  {
    type: 'UK_NINO',
    pattern:
      /(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PQR-TW-Z][A-CEGHJ-NPQR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])|(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{3} ?\d{3} ?[A-D](?![A-Za-z0-9])/gi,
  },
  {
    type: 'VIN',
    pattern: /(?<![A-Za-z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Za-z0-9])/gi,
    accepts: (value) => isVin(value.toUpperCase()),
  },
  {
    type: 'US_PASSPORT',
    pattern: /(?<![A-Za-z0-9])(?:[A-Z]\d{8}|\d{9})(?![A-Za-z0-9])/gi,
    context: { kind: 'PASSPORT', words: /passport|travel document/i },
  },
  {
    type: 'US_DRIVER_LICENSE',
    pattern:
      /(?<![A-Za-z0-9])(?:[A-Z]{1,3}[ -]?\d{3,4}(?:[ -]?\d{2,4}){1,3}|[A-Z9]{5} ?\d{3} ?\d{3} ?[A-Z9]{2}\d[A-Z]{2} ?\d{0,2})(?![A-Za-z0-9])/gi,
    context: { kind: 'LICENSE', words: /licen[cs]e|\bdl\b|dvla/i },
  },
  {
    type: 'LICENSE_PLATE',
    pattern: /(?<![A-Za-z0-9])(?=[A-Z0-9 -]{0,8}\d)[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,5}(?![A-Za-z0-9])/g,
    context: { kind: 'PLATE', words: /plate|registration|\btags?\b/i },
  },
];

/** Spans of the switched-on types of this table. */
export function findOptIns(text: string, settings: MaskSettings, prior: readonly TermKind[]): Span[] {
  const spans: Span[] = [];
  for (const { type, pattern, context, accepts } of RULES) {
    if (!settings.types.has(type)) continue;
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (
        context !== undefined &&
        !prior.includes(context.kind) &&
        !context.words.test(text.slice(Math.max(0, start - 60), start))
      )
        continue;
      if (accepts?.(match[0]) === false) continue;
      spans.push({ type, start, end });
    }
  }
  return spans;
}
