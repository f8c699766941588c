import type { Span } from './pii-types.ts';

/** Replaces every span at once; spans are in order and do not overlap. */
export function splice<S extends Span>(text: string, spans: readonly S[], replacementOf: (span: S) => string): string {
  let masked = '';
  let from = 0;
  for (const span of spans) {
    masked += text.slice(from, span.start) + replacementOf(span);
    from = span.end;
  }
  return masked + text.slice(from);
}
