import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskJson, maskText } from '../masker.ts';

/** Written like hardly anything else. */
const TELLING = ['(646) 972-0131', '646-972-0131', '646.972.0131', '(646)9720131', '219-09-9999', '457 55 5462'];
/** What no word frees at all. */
const SIGNED = ['+1 646 972 0131', '+44 20 7946 0018', '4242 4242 4242 4242', '3714 496353 98431'];
/** Numbers that could be a phone, were nothing said of them. */
const PLAIN = ['6469720131', '2125550142', 'six four six nine seven two oh one three one'];

const NOUNS = ['order', 'tracking', 'invoice', 'PO', 'case', 'ticket', 'version', 'error', 'flight', 'policy', 'claim'];
const TOPICS = ['question', 'issue', 'emergency', 'team', 'branch', 'store', 'survey', 'queue', 'game', 'dispatch'];
const IDS = ['number', 'no', 'id', '#', 'code'];

type Frame = (word: string, value: string) => string;

/** The word is attached to the value. */
const ATTACHED: readonly Frame[] = [
  (word, value) => `${word} ${value}`,
  (word, value) => `my ${word} is ${value}`,
  (word, value) => `${word}: ${value}`,
  (word, value) => `it says ${word} = ${value} here`,
  (word, value) => `it is for the ${word} ${value}`,
];
/** The word only stands near the value. */
const NEARBY: readonly Frame[] = [
  (word, value) => `about the ${word}, ${value}`,
  (word, value) => `a ${word} of ${value}`,
  (word, value) => `that ${word} about ${value}`,
  (word, value) => `the ${word} for ${value}`,
  (word, value) => `I have a ${word}. ${value}`,
  (word, value) => `the ${word} got lost, ${value} please`,
];
/** The word is the name of an id, and the value is attached to it. */
const NAMED: readonly ((word: string, id: string, value: string) => string)[] = [
  (word, id, value) => `${word} ${id} ${value}`,
  (word, id, value) => `my ${word} ${id} is ${value}`,
  (word, id, value) => `${word} ${id}: ${value}`,
  (word, id, value) => `the ${word} ${id} is, um, ${value}`,
  (word, id, value) => `${value} is the ${word} ${id}`,
];

const any = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** How many of the sentences are masked and kept: every sentence is drawn, none is left to chance. */
function count(sentences: readonly string[], values: readonly string[]) {
  const kept = sentences.filter((sentence) => values.some((value) => maskText(sentence).includes(value)));
  return { masked: sentences.length - kept.length, kept };
}

const all = (words: readonly string[], frames: readonly Frame[], values: readonly string[]): string[] =>
  words.flatMap((word) => frames.flatMap((frame) => values.map((value) => frame(word, value))));

const named = (values: readonly string[]): string[] =>
  NOUNS.flatMap((noun) => IDS.flatMap((id) => NAMED.flatMap((frame) => values.map((value) => frame(noun, id, value)))));

describe('a word frees the number that it names, and no other', () => {
  test.each([
    ['a topic frees nothing', all(TOPICS, [...ATTACHED, ...NEARBY], [...TELLING, ...SIGNED, ...PLAIN])],
    ['a noun frees nothing that it stands near', all(NOUNS, NEARBY, [...TELLING, ...SIGNED, ...PLAIN])],
    ['a noun frees nothing that is written like nothing else', all(NOUNS, ATTACHED, [...TELLING, ...SIGNED])],
    ['what carries its sign no word frees', named(SIGNED)],
  ])('masked: %s', (_, sentences) => {
    expect(count(sentences, [...TELLING, ...SIGNED, ...PLAIN])).toEqual({ masked: sentences.length, kept: [] });
  });

  test.each([
    ['a noun frees what it is attached to', all(NOUNS, ATTACHED, PLAIN)],
    ['the name of an id frees whatever it looks like', named([...TELLING, ...PLAIN])],
  ])('kept: %s', (_, sentences) => {
    expect(sentences.filter((sentence) => maskText(sentence) !== sentence)).toEqual([]);
  });

  test('whatever else is said around them', () => {
    const talk = any(['', 'so ', 'hello, I wanted to ask, ', 'okay. ', 'my parcel never came and ']);
    const after = any(['', ' thanks', ', please', ' for you']);
    const digits = fc.tuple(fc.integer({ min: 200, max: 989 }), fc.integer({ min: 200, max: 989 }), fc.nat(9999));
    const phone = digits.map(([area, exchange, line]) => `${area}-${exchange}-${String(line).padStart(4, '0')}`);
    fc.assert(
      fc.property(
        talk,
        any(NOUNS),
        any(IDS),
        phone,
        after,
        any(NEARBY),
        any(ATTACHED),
        (before, noun, id, value, rest, near, attached) => {
          for (const frame of [near, attached])
            expect(maskText(`${before}${frame(noun, value)}${rest}`)).not.toContain(value);
          const kept = `${before}my ${noun} ${id} is ${value}${rest}`;
          expect(maskText(kept)).toBe(kept);
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe('a question that an earlier turn asks', () => {
  const answer = (question: string, value: string): string =>
    (maskConversation([question, value]).at(-1) ?? '').replace(/\[\w+\]/, 'masked');

  test.each([
    ['your tracking number?', '646-972-0131', '646-972-0131'],
    ['your tracking?', '646-972-0131', 'masked'],
    ['your tracking?', '6469720131', '6469720131'],
    ['your order?', '219-09-9999', 'masked'],
    ['I see an issue here', '6469720131', 'masked'],
  ])('%s - %s', (question, value, expected) => {
    expect(answer(question, value)).toBe(expected);
  });
});

function maskConversation(texts: readonly string[]): string[] {
  const segments = texts.map((text, turn) => ({ speaker: turn % 2 === 0 ? 'agent' : 'customer', text }));
  const { json } = maskJson(JSON.stringify({ segments }));
  return (JSON.parse(json) as { segments: { text: string }[] }).segments.map(({ text }) => text);
}
