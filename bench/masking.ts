import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createMasker } from '@cxone-transcripts/masker';
import { readLexicon } from '../lambdas/shared/lib/names-lexicon.ts';
import { DocumentReader } from '../packages/masker/src/json/document-reader.ts';
import { generateCorpus } from './transcripts.ts';

/** The argument of `npm run bench`. */
export const name = 'masking';
/** What the list of benchmarks says of it. */
export const description = 'masking of text and of JSON against three plain regexes and against parsing and writing';

const MEGABYTE = 1_000_000;
const ROUNDS = 15;

/** The three expressions a first attempt would use. The e-mail one is quadratic on long words. */
const PLAIN_PATTERN = /[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}/g;
const PLAIN_PATTERNS = [PLAIN_PATTERN, /\b\d{3}[-.]?\d{3}[-.]?\d{4}\b/g, /\b\d{3}-\d{2}-\d{4}\b/g];

/** Prints megabytes (10^6 bytes, as UTF-8) a second on one core, best of several rounds, measured alternately. */
export function run(): void {
  process.stdout.write(coldStart());
  const masker = createMasker({}, readLexicon());
  const reader = new DocumentReader();
  for (const twoByte of [false, true]) {
    const corpus = generateCorpus({ bytes: 50 * MEGABYTE, personal: 0.03, withDigits: 0.2, twoByte });
    const { texts, documents, textBytes, jsonBytes } = corpus;
    const rates = best({
      text: [textBytes, () => texts.forEach((text) => void masker.maskText(text))],
      gates: [textBytes, () => texts.forEach((text) => void reader.scanner.lookAt(text))],
      regexes: [
        textBytes,
        () =>
          texts.forEach(
            (text) => void PLAIN_PATTERNS.reduce((masked, pattern) => masked.replace(pattern, '[MASKED]'), text),
          ),
      ],
      json: [jsonBytes, () => documents.forEach((document) => void masker.maskJson(document))],
      outline: [jsonBytes, () => documents.forEach((document) => void reader.release(reader.read(document)))],
      parse: [jsonBytes, () => documents.forEach((document) => void JSON.stringify(JSON.parse(document)))],
    });
    const per = (key: string): string => `${(rates.get(key) ?? 0).toFixed(0).padStart(5)} MB/s`;
    const ratio = (a: string, b: string): string => ((rates.get(a) ?? 0) / (rates.get(b) ?? 1)).toFixed(2);
    process.stdout.write(
      `${twoByte ? 'two-byte' : 'one-byte'} strings, ${(jsonBytes / MEGABYTE).toFixed(0)} MB of JSON, ${(textBytes / MEGABYTE).toFixed(0)} MB of text\n` +
        `  masking text              ${per('text')}   ${ratio('text', 'regexes')} x three plain regexes (${per('regexes').trim()})\n` +
        `    of that, its gates      ${per('gates')}\n` +
        `  masking JSON              ${per('json')}   ${ratio('json', 'parse')} x JSON.parse + JSON.stringify (${per('parse').trim()})\n` +
        `    of that, its outline    ${per('outline')}\n`,
    );
  }
}

/** The line on what a fresh process takes, before anything is compiled. */
function coldStart(): string {
  const worker = fileURLToPath(new URL('masking-cold-worker.ts', import.meta.url));
  const { lexicon, masker, batch } = JSON.parse(execFileSync(process.execPath, [worker], { encoding: 'utf8' })) as {
    lexicon: number;
    masker: number;
    batch: number;
  };
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  return `cold start: lexicon read in ${ms(lexicon)}, masker with its scanner ready in ${ms(masker)}, first batch of 2 MB in ${ms(batch)}\n`;
}

type Measured = readonly [bytes: number, work: () => void];

function best(cases: Readonly<Record<string, Measured>>): Map<string, number> {
  const rates = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [key, [bytes, work]] of Object.entries(cases)) {
      const started = performance.now();
      work();
      const rate = bytes / MEGABYTE / ((performance.now() - started) / 1000);
      rates.set(key, Math.max(rates.get(key) ?? 0, rate));
    }
  }
  return rates;
}
