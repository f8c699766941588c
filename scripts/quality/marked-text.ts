/** Text with its personal data marked as a person writes it: `my name is [PERSON:Dana Whitcombe]`. */

/** A stretch that is personal; `optional` where reasonable people differ: found or left, it counts neither way. */
export interface Gold {
  /** A type of the masker, or one that it does not have yet. */
  type: string;
  /** UTF-16 code units, `end` exclusive. */
  start: number;
  end: number;
  optional: boolean;
}

export interface MarkedText {
  /** The text without the marks. */
  text: string;
  golds: Gold[];
}

const MARK = /\[(\??)([A-Z][A-Z0-9_]+):([^[\]]+)\]/g;

/**
 * The text without its marks, and where they stood.
 *
 * @throws Error for a bracket that opens or closes no mark, and for a mark with nothing in it or a blank at its edge
 * @example readMarks('call [PERSON:Ana]') // { text: 'call Ana', golds: [{ type: 'PERSON', start: 5, end: 8, optional: false }] }
 */
export function readMarks(marked: string): MarkedText {
  const golds: Gold[] = [];
  let text = '';
  let from = 0;
  for (const mark of marked.matchAll(MARK)) {
    const [whole, doubt = '', type = '', value = ''] = mark;
    if (value !== value.trim()) throw new Error(`a mark of ${type} has a blank at its edge`);
    text += marked.slice(from, mark.index);
    golds.push({ type, start: text.length, end: text.length + value.length, optional: doubt !== '' });
    text += value;
    from = mark.index + whole.length;
  }
  text += marked.slice(from);
  if (/[[\]]/.test(text)) throw new Error('a bracket belongs to no mark');
  return { text, golds };
}

/**
 * As many recognisers write it: lower case, sentence marks blanked. No place moves.
 *
 * @example withoutCasing('Hi, Ana. Bye!') // 'hi  ana  bye '
 */
export function withoutCasing(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/[.,!?;](?=\s|$)/g, ' ');
}
