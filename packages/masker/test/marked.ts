import type { Span } from '../src/model/pii-types.ts';
import type { PiiType } from '../src/model/type-table.ts';

/** Reads a sentence with `{TYPE|text}` marks: the plain sentence and the spans that were marked. */
export function readMarks(marked: string): { text: string; spans: Span[] } {
  let text = '';
  let from = 0;
  const spans: Span[] = [];
  for (const match of marked.matchAll(/\{([A-Z_0-9]+)\|([^}]*)\}/g)) {
    const [whole, type = '', value = ''] = match;
    text += marked.slice(from, match.index);
    spans.push({ type: type as PiiType, start: text.length, end: text.length + value.length });
    text += value;
    from = match.index + whole.length;
  }
  return { text: text + marked.slice(from), spans };
}

/** A turn of a marked conversation. */
export interface MarkedTurn {
  speaker: string;
  text: string;
  spans: Span[];
}

/** Reads a conversation, a turn a line: `A: what is your pin?`. */
export function readConversation(lines: string): MarkedTurn[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [speaker = '', marked = ''] = line.trim().split(/: (.*)/s);
      return { speaker, ...readMarks(marked) };
    });
}
