/** Generated transcripts for benchmarks: the same ones in every run. */

/** What a generated corpus holds. */
export interface Corpus {
  /** Every utterance, in order. */
  texts: string[];
  /** The same utterances as artifacts, one JSON document each. */
  documents: string[];
  textBytes: number;
  jsonBytes: number;
}

export interface CorpusOptions {
  /** Bytes of JSON to generate, about. */
  bytes: number;
  /** Share of utterances with personal data. */
  personal: number;
  /** Share of utterances with a digit or an `@`, personal ones included. */
  withDigits: number;
  /** Adds characters beyond Latin-1, so that the engine stores two bytes per character. */
  twoByte: boolean;
}

const TALK = [
  'I was wondering whether you could look at my bill because it looks a bit off to me this month',
  'sure, let me pull that up for you, thank you for your patience while the page is loading',
  'okay and can you tell me what happened when you tried to restart the router yesterday evening',
  'well it just keeps blinking and then it goes dark again, nothing else I can see from here',
  'I completely understand how frustrating that must be, and I am sorry for the trouble',
  'no problem at all, take your time',
  'the technician said that he would come back before the weekend but nobody showed up',
  'mm-hm',
  'thank you so much, you have been very helpful and I really appreciate it',
  'let me check with my supervisor whether we can waive that for you, please stay on the line',
  'yes please',
  'one of my friends told me that the other plan is better for people who travel a lot',
  'and is there anything else that I can help you with today before we wrap up',
  'it is the same thing as last time, the screen freezes whenever I open the settings',
];
const NUMBERS = [
  'that was order 4471220 and it should have been here on Tuesday',
  'the total comes to $84.50 including tax, and you saved 12 dollars',
  'your appointment is on 11/24/2026 between 10:30 and 12:00',
  'I have been with you since 2014 and never missed a payment',
  'it is version 10.4.5 and the build says 2291',
  'we have 3 agents online and about 15 people in the queue',
  'the package 1Z12345E0205271688 is still at the depot',
  'press 1 to hear it again or stay on the line',
  'they charged me 2 times for the same 40 dollar fee',
  'case 00881245 is still open since May 3',
];
const PERSONAL = [
  'my number is 212-555-0142 and my email is ana.lopez@example.org',
  'the card is 4242 4242 4242 4242 and it expires 04/29',
  'my social is 457-55-5462 if you need it',
  'you can reach me at two one two five five five oh one four two',
  'date of birth is July 22, 1980',
];

/**
 * A corpus of invented conversations, the same each time: its seed is fixed.
 *
 * @example
 * generateCorpus({ bytes: 200_000, personal: 0.05, withDigits: 0.2, twoByte: false }).jsonBytes
 * // 200,000 or a little more
 */
export function generateCorpus({ bytes, personal, withDigits, twoByte }: CorpusOptions): Corpus {
  const random = mulberry32(20_261_122);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const corpus: Corpus = { texts: [], documents: [], textBytes: 0, jsonBytes: 0 };
  for (let id = 0; corpus.jsonBytes < bytes; id++) {
    const segments: string[] = [];
    let at = 0;
    for (let turn = 0; turn < 60; turn++) {
      const dice = random();
      let text = dice < personal ? pick(PERSONAL) : dice < withDigits ? pick(NUMBERS) : pick(TALK);
      if (twoByte) text += turn % 3 === 0 ? ' — d’accord' : '';
      corpus.texts.push(flat(text));
      corpus.textBytes += Buffer.byteLength(text);
      const duration = text.length * 60;
      segments.push(
        `{"speaker":"${turn % 2 === 0 ? 'AGENT' : 'CLIENT'}","startMs":${at},"endMs":${at + duration},"text":${JSON.stringify(text)},"confidence":0.9${turn % 10}}`,
      );
      at += duration;
    }
    const document = `{"interactionId":"7f9c24e8-3b12-4fef-91d8-${String(id).padStart(12, '0')}","mediaType":"voice","timestamp":"2026-11-22T08:15:00.000Z","transcript":{"language":"en-US","segments":[${segments.join(',')}]},"masked":false}`;
    corpus.documents.push(flat(document));
    corpus.jsonBytes += Buffer.byteLength(document);
  }
  return corpus;
}

/** The string as it comes from the wire: in one piece, not as the pieces it was put together from. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

/** A small seeded generator, so that every run measures the same text. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
