/** The text of a message of any type. Pure. */

/** Members that hold what the reader of a message sees, whatever its type: cards and pickers nest them. */
const SEEN = new Set(['text', 'title', 'subtitle', 'subject', 'content', 'description', 'caption', 'label', 'altText']);
/** A stand-in for channels that cannot show the message: only where nothing else says what it said. */
const STAND_IN = 'fallbackText';
/** Deeper than any card: what is below is kept, but not read as text. */
const MAX_DEPTH = 32;

/**
 * What a message says, its parts on lines of their own and each once, and the rest of its content. The text is taken out of
 * the rest: it would be masked there on its own, without the turns around it, which may well say what it means.
 *
 * @example
 * textOf({ type: 'QUICK_REPLIES', fallbackText: 'Ok?', payload: { text: { content: 'Ok?' }, actions: [{ text: 'Yes' }] } })
 * // { text: 'Ok?\nYes', rest: { type: 'QUICK_REPLIES', payload: { text: {}, actions: [{}] } } }
 */
export function textOf(content: Readonly<Record<string, unknown>>): { text: string; rest: unknown } {
  const lines = new Set<string>();
  collect(content, lines, 0);
  const standIn = content[STAND_IN];
  if (lines.size === 0 && typeof standIn === 'string' && standIn.trim() !== '') lines.add(standIn);
  return { text: [...lines].join('\n'), rest: without(content, lines, 0) };
}

function collect(value: unknown, lines: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string') {
      if (SEEN.has(name) && member.trim() !== '') lines.add(member);
    } else collect(member, lines, depth + 1);
  }
}

function without(value: unknown, lines: ReadonlySet<string>, depth: number): unknown {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => without(item, lines, depth + 1));
  const kept = Object.entries(value).filter(
    ([name, member]) => typeof member !== 'string' || !(lines.has(member) || (SEEN.has(name) && member === '')),
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, without(member, lines, depth + 1)]));
}
