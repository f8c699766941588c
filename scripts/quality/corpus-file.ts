/**
 * A file of the labelled corpus: `# comment` and `key: value` lines, a blank line, then its items.
 *
 * An utterance is a line `id | text`. A conversation begins with `=== id | what it is about`; then come its turns, `a: text` for
 * an agent, `c:` for a customer, `b:` for a bot, `s:` for a system; a line `> text` goes on with the turn before it on a line of its
 * own. `@ name: value` before the turns is a member of the record beside them.
 */
import * as z from 'zod';
import { type MarkedText, readMarks } from './marked-text.ts';

const Header = z.strictObject({
  medium: z.enum(['voice', 'chat', 'email', 'digital']),
  country: z.string().regex(/^[A-Z]{2}$/),
  /** `recogniser`: lower case without marks; `formatted`: a recogniser that writes marks and figures; `typed`: by people. */
  style: z.enum(['recogniser', 'formatted', 'typed']),
  /** `drawn`: from templates, with a seed. */
  origin: z.enum(['hand', 'drawn']),
  kind: z.enum(['utterances', 'conversations']),
  /** Every type that is off by default is switched on for these. */
  'opt-in': z.literal('yes').optional(),
});
export type Header = z.infer<typeof Header>;

interface Turn extends MarkedText {
  speaker: string;
}

export interface Item {
  id: string;
  header: Header;
  /** Members of the record beside its turns, such as the agent's name. */
  record: Record<string, string>;
  /** One for an utterance. */
  turns: Turn[];
}

const SPEAKERS: Readonly<Record<string, string>> = { a: 'agent', c: 'customer', b: 'bot', s: 'system' };

/**
 * The items of a file.
 *
 * @throws Error that names the line that cannot be read
 * @example readCorpusFile('medium: voice\n…\nkind: utterances\n\nvoice-us-001 | hi [PERSON:ana]')[0].id // 'voice-us-001'
 */
export function readCorpusFile(source: string): Item[] {
  const lines = source.split('\n');
  const blank = lines.indexOf('');
  const header = readHeader(lines.slice(0, blank));
  const items: Item[] = [];
  lines.slice(blank).forEach((line, at) => {
    if (line === '') return;
    try {
      readLine(line, header, items);
    } catch (error) {
      throw new Error(`line ${blank + at + 1}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  return items;
}

/** @throws ZodError for a header that lacks something or has something else */
function readHeader(lines: readonly string[]): Header {
  const pairs = lines.filter((line) => !line.startsWith('#')).map((line) => line.split(': '));
  return Header.parse(Object.fromEntries(pairs));
}

function readLine(line: string, header: Header, items: Item[]): void {
  const begins = /^(?:=== )?([a-z0-9-]+) \| (.*)$/.exec(line);
  if (begins?.[1] !== undefined && line.startsWith('=== ') === (header.kind === 'conversations')) {
    const turns = header.kind === 'utterances' ? [{ speaker: 'customer', ...readMarks(begins[2] ?? '') }] : [];
    items.push({ id: begins[1], header, record: {}, turns });
    return;
  }
  const item = items.at(-1);
  const [, sign, rest = ''] = /^(.):? ?(.*)$/.exec(line) ?? [];
  if (item === undefined || header.kind === 'utterances') throw new Error('no item begins here');
  if (sign === '@') {
    const [name = '', ...value] = rest.split(': ');
    item.record[name] = value.join(': ');
  } else if (sign === '>') {
    goOn(item.turns.at(-1), readMarks(rest));
  } else {
    const speaker = SPEAKERS[sign ?? ''];
    if (speaker === undefined || line[1] !== ':') throw new Error('neither a turn nor the rest of one');
    item.turns.push({ speaker, ...readMarks(rest) });
  }
}

/** Adds a line to a turn. */
function goOn(turn: Turn | undefined, line: MarkedText): void {
  if (turn === undefined) throw new Error('the rest of no turn');
  const moved = turn.text.length + 1;
  turn.golds.push(...line.golds.map((gold) => ({ ...gold, start: gold.start + moved, end: gold.end + moved })));
  turn.text += `\n${line.text}`;
}
