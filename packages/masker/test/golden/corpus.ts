/** What the behaviour of the masker is told by: documents, and everything it answers to each of them. */
import { createHash } from 'node:crypto';
import type { MaskOptions } from '../../src/model/options.ts';
import type { JsonValue } from '../../src/model/pii-types.ts';
import { OPT_IN_TYPES } from '../../src/model/type-table.ts';
import { readConversation, readMarks } from '../marked.ts';
import { maskJson, maskText, maskTranscript } from '../masker.ts';
import { CONVERSATIONS } from '../tables/conversations.ts';
import { ORDINARY, PERSONAL } from '../tables/utterances.ts';
import { generatedDocuments } from './generated.ts';

/** A document as JSON text, under the digest of that text: where it stands in the corpus does not matter. */
export interface GoldenCase {
  key: string;
  json: string;
}

const EVERYTHING: MaskOptions = { enable: [...OPT_IN_TYPES], regions: ['US', 'GB', 'DE', 'IN'] };

/** Of each case's text and answer: 64 bits, as hexadecimal digits. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The corpus: sentences and conversations of the marked tables, generated documents; each once. */
export function goldenCorpus(): GoldenCase[] {
  const texts = new Set<string>();
  for (const sentence of PERSONAL) texts.add(JSON.stringify(readMarks(sentence).text));
  for (const sentence of ORDINARY) texts.add(JSON.stringify(sentence));
  for (const [, lines] of CONVERSATIONS) {
    const segments = readConversation(lines).map(({ speaker, text }) => ({ speaker, text }));
    texts.add(JSON.stringify({ segments }));
  }
  for (const document of generatedDocuments()) texts.add(document);
  return [...texts].map((json) => ({ key: digest(json), json }));
}

/**
 * Everything the masker answers to a document, as one line: masked by default and with every type on (where tokens tell
 * which values count as the same), what was found where, and a lone text by itself.
 */
export function answerOf({ json }: GoldenCase): string {
  const value = JSON.parse(json) as JsonValue;
  const { findings } = maskTranscript(value);
  return JSON.stringify([
    maskJson(json),
    maskJson(json, EVERYTHING, { surrogate: (type, canonical) => digest(`${type} ${canonical}`) }),
    // Those in names first: in which order they are listed is no part of the behaviour.
    findings.toSorted((one, other) => Number(other.inKey ?? false) - Number(one.inKey ?? false)),
    typeof value === 'string' ? maskText(value) : null,
  ]);
}
