/** Takes out words that are cut from a conversation and stand alone. Pure. */
import { readEveryElement, readEveryMember } from '../../lib/json-members.ts';

/** Lists whose elements repeat words of the conversation, and what of an element are those words. */
const COPIES: Readonly<Record<string, readonly string[]>> = {
  annotations: ['value', 'displayText', 'stem', 'transcriptChunk', 'snippet'],
  entities: ['displayText', 'value', 'stem', 'snippet'],
};

/**
 * A transcript or a row of the list without such copies of what somebody said as hold a number: "October 2, 1973" by
 * itself is a date like any other, which only the words around it in its block make a date of birth. `offset` and
 * `highlightLength` still say where in the text it was. Everything else keeps its source text.
 *
 * @param json an object
 * @example
 * withoutCopies('{"annotations":[{"type":"entity","value":"October 2, 1973","offset":31}]}')
 * // '{"annotations":[{"type":"entity","offset":31}]}'
 */
export function withoutCopies(json: string): string {
  return rewritten(json, (name, text) => {
    const copies = Object.hasOwn(COPIES, name) ? COPIES[name] : undefined;
    const elements = copies && readEveryElement(Buffer.from(text));
    if (!copies || !elements) return text;
    return `[${elements.map((element) => rewritten(element, (member, value) => (isCopy(copies, member, value) ? undefined : value))).join(',')}]`;
  });
}

function isCopy(copies: readonly string[], name: string, text: string): boolean {
  return copies.includes(name) && /\d/.test(text);
}

/** The object with each member's text as `change` has it, and without those that it has none for; what else there is stays. */
function rewritten(json: string, change: (name: string, text: string) => string | undefined): string {
  const members = readEveryMember(Buffer.from(json));
  if (!members) return json;
  const changed = [...members].map(([name, text]) => ({ name, text, now: change(name, text) }));
  if (changed.every(({ text, now }) => now === text)) return json;
  const kept = changed.flatMap(({ name, now }) => (now === undefined ? [] : [`${JSON.stringify(name)}:${now}`]));
  return `{${kept.join(',')}}`;
}
