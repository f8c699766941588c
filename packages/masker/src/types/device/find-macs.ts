import type { Span } from '../../model/pii-types.ts';

const MAC =
  /(?<![\w:.-])(?:[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-])/g;

/** Hardware addresses, except the broadcast and the null address. */
export function findMacAddresses(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(MAC)) {
    if (/^(?:ff[:-]?){6}$|^(?:00[:-]?){6}$/i.test(match[0])) continue;
    spans.push({ type: 'MAC_ADDRESS', start: match.index, end: match.index + match[0].length });
  }
  return spans;
}
