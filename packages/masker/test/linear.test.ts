import { describe, expect, test } from 'vitest';
import { findLeaks } from '../src/leak-check/leak-check.ts';
import { maskJson } from './masker.ts';

const BYTES = 300_000;
/**
 * Of the processor, so that it does not matter how busy the machine is: the slowest input takes half a second, and a rule that
 * looks at each pair of characters half a minute.
 */
const MOST_SECONDS = 10;

const fill = (piece: string): string => piece.repeat(Math.ceil(BYTES / piece.length)).slice(0, BYTES);

/** That masking takes time by the length of the text alone, and leaves nothing. */
function expectLinear(json: string): void {
  const before = process.threadCpuUsage();
  const { json: masked } = maskJson(json);
  expect(findLeaks(masked)).toEqual([]);
  expect(process.threadCpuUsage(before).user / 1_000_000).toBeLessThan(MOST_SECONDS);
}

/** Inputs that make careless patterns quadratic. */
const HOSTILE: Record<string, string> = {
  'one letter': fill('a'),
  'signs of addresses': fill('@'),
  'letters and signs': fill('a@'),
  'labels without end': `a@${fill('a.')}`,
  'words at words': fill('at '),
  'dots as words': fill('a dot '),
  'spelled letters': fill('a b c '),
  digits: fill('1'),
  'digits and blanks': fill('1 '),
  'digits and dashes': fill('123-'),
  'digits and dots': fill('1.'),
  'number words': fill('four '),
  'number words and fillers': fill('four uh '),
  tens: fill('twenty five '),
  repeats: fill('double '),
  colons: fill(':'),
  'groups of hex': fill('ab:'),
  'open tags': fill('<'),
  'open tags with letters': fill('<a '),
  entities: fill('&#'),
  'percent signs': fill('%4'),
  'plus signs': fill('+1'),
  brackets: fill('('),
  'open placeholders': fill('[A'),
  passwords: fill('password '),
  'passwords that are': fill('password is '),
  'heads of account numbers': fill('GB82 '),
  months: fill('may 1 '),
  births: fill('born may '),
  vetoes: fill('order number '),
  'zero-width': fill('1\u200b'),
  'foreign digits': fill('९'),
  'first names': fill('sarah '),
  'whole names': fill('Sarah Smith '),
  'names that are announced': fill('my name is sarah '),
  signatures: fill('regards,\nSam Jones\n'),
  'titles and particles': fill('dr. de la '),
  'names that are spelled': fill('Sarah a b c '),
  'letters said twice': fill('double '),
  'house numbers': fill('12 elm '),
  streets: fill('12 elm street, Springfield, '),
  'units of houses': fill('apt 1, '),
  'spoken house numbers': fill('twenty twenty street '),
  'accented letters': fill('é '),
  quotes: fill('"'),
  backslashes: fill('\\'),
  'line breaks': fill('1\n'),
  conversation: fill('so we talked about that for a while and it was fine, '),
  'phone numbers': fill('so my phone is 212 555 0142 and that is fine, '),
  addresses: fill('mail ana.lopez@example.org or ana at example dot org, '),
  cards: fill('the card is 4242 4242 4242 4242 and it expires 04/29, '),
  'account numbers': fill('GB82 WEST 1234 5698 7654 32 and GB82 TEST 1234 5698 7654 32, '),
  'social security numbers': fill('my social is 457-55-5462, no sorry, 457-55-5463. '),
  'network addresses': fill('from 192.0.2.17 or 2001:db8::17 or 192.0.2.18, '),
  birthdays: fill('I was born on July 22, 1980 and she on 3/4/1982. '),
  'tags in numbers': fill('212<b>-555</b>-0142 &#50;12 '),
  'document in a string': fill('{"a":'),
};

describe('a long text of', () => {
  test.each(Object.keys(HOSTILE))('%s', (name) => expectLinear(JSON.stringify({ text: HOSTILE[name] })));
});

/** As many elements as fill a document, in one list or object. */
function list(open: string, element: (index: number) => string, close: string): string {
  const elements: string[] = [];
  for (let bytes = 0; bytes < BYTES; bytes += (elements.at(-1)?.length ?? 0) + 1)
    elements.push(element(elements.length));
  return `${open}${elements.join(',')}${close}`;
}

function nested(open: string, inner: string, close: string): string {
  const depth = Math.floor(BYTES / (open.length + close.length));
  return `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
}

/** The same for documents: what a rule looks at around a text must not grow with the document. */
const HOSTILE_DOCUMENTS: Record<string, string> = {
  'names that mask alike': list('{', (i) => `"a${i}@example.org":1`, '}'),
  'objects in objects under masked names': nested('{"a@example.org":', '1', '}'),
  'lists in lists': nested('["1234",', '1', ']'),
  'lists in lists with numbers': nested('["call 212 555 0142",', '1', ']'),
  'telling lists in lists': `{"ssn":${nested('[457555462,', '1', ']')}}`,
  'words that are addresses': list('{"words":[', () => '"ana@example.org"', ']}'),
  'lists of words': list('[', () => '{"words":["12"]}', ']'),
  'texts with offsets': list('{"blocks":[', (i) => `{"text":"ana@example.org","offset":${i * 16}}`, ']}'),
  'lists of texts with offsets': list('[', () => '{"blocks":[{"text":"ana@example.org","offset":0}]}', ']'),
  'turns of one digit': list('{"s":[', (i) => `{"speaker":"${i % 2}","text":"${i % 2 ? 'ok' : '12'}"}`, ']}'),
  'turns that ask': list('{"s":[', () => '{"text":"your pin? 1"}', ']}'),
  'turns that ask for names': list('{"s":[', (i) => `{"speaker":"${i % 2}","text":"your name? sarah"}`, ']}'),
  'turns that ask for addresses': list('{"s":[', (i) => `{"speaker":"${i % 2}","text":"your address? 12"}`, ']}'),
  'many people': list('{"s":[', (i) => `{"customerName":"Xq${(i + 9 ** 9).toString(36).replace(/\d/g, 'o')}"}`, ']}'),
  'parts of messages': list('{"content":[', () => '{"text":"4242"}', ']}'),
  'blocks of a word': list('{"s":[', (i) => `{"speaker":"${i % 2}","text":"four"}`, ']}'),
  'blocks of a word of one speaker': list('{"s":[', () => '{"text":"four"}', ']}'),
  'blocks of a word in blocks': nested(
    '{"s":[{"text":"12"},{"text":"12"},{"text":"12"},{"text":"12","s":[',
    '',
    ']}]}',
  ),
  'lists of blocks': list('[', () => '{"s":[{"text":"12"},{"text":"12"},{"text":"12"},{"text":"12"}]}', ']'),
  pairs: list('[', () => '{"name":"cvv","value":"731"}', ']'),
};

describe('a long document of', () => {
  test.each(Object.keys(HOSTILE_DOCUMENTS))('%s', (name) => expectLinear(HOSTILE_DOCUMENTS[name] ?? ''));
});
