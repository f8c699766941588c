import type { Span } from './pii-types.ts';

/**
 * The text with every span replaced at once; spans are in order and do not overlap.
 *
 * @example splice('call 415', [{ type: 'PIN', start: 5, end: 8 }], () => '[PIN]') // 'call [PIN]'
 */
export function splice<S extends Span>(text: string, spans: readonly S[], replacementOf: (span: S) => string): string {
  let masked = '';
  let from = 0;
  for (const span of spans) {
    masked += text.slice(from, span.start) + replacementOf(span);
    from = span.end;
  }
  return masked + text.slice(from);
}
