/**
 * What the masker answered to each case of the corpus since which version of its rules. The record only grows: an answer
 * that changes gets an entry under a new version, and those before it stay.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { answerOf, digest, type GoldenCase } from './corpus.ts';

/** By key of the case: digests of its answers by the version that gave each for the first time, the oldest first. */
export type AnswerRecord = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** How the answers of now differ from a record. */
export interface Difference {
  /** Cases whose last recorded answer is another. */
  changed: GoldenCase[];
  /** Cases without any record: lines that were added. */
  added: GoldenCase[];
  /** Keys of recorded cases that the corpus has no more. */
  vanished: string[];
}

const FILE = new URL('./answers.json', import.meta.url);
const Answers = z.record(z.string(), z.record(z.string(), z.string()));

export function readRecord(file: URL | string = FILE): AnswerRecord {
  return Answers.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * What an earlier record says and a later one does not, as `key version`; nothing where the record has only grown.
 * `{a: {'1.0.0': 'x'}}` and `{a: {'1.0.0': 'y'}}` -> `['a 1.0.0']`: an answer changed and its version did not rise.
 */
export function rewrittenAnswers(earlier: AnswerRecord, later: AnswerRecord): string[] {
  return Object.entries(earlier).flatMap(([key, answers]) =>
    Object.entries(answers)
      .filter(([version, answer]) => later[key]?.[version] !== answer)
      .map(([version]) => `${key} ${version}`),
  );
}

/** One case a line, sorted by key: additions on two branches merge. */
export function writeRecord(record: AnswerRecord): void {
  const lines = Object.entries(record)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, answers]) => `  ${JSON.stringify(key)}: ${JSON.stringify(answers)}`);
  writeFileSync(FILE, `{\n${lines.join(',\n')}\n}\n`);
}

/** Compares the answers of now with a record. */
export function compareAnswers(corpus: readonly GoldenCase[], record: AnswerRecord): Difference {
  const keys = new Set(corpus.map(({ key }) => key));
  const lastOf = (key: string): string | undefined => Object.values(record[key] ?? {}).at(-1);
  return {
    changed: corpus.filter((one) => record[one.key] !== undefined && lastOf(one.key) !== digest(answerOf(one))),
    added: corpus.filter(({ key }) => record[key] === undefined),
    vanished: Object.keys(record).filter((key) => !keys.has(key)),
  };
}

/**
 * The record with what differs written down under a version; the corpus' own entries of earlier versions stay.
 *
 * @throws RangeError when a changed case has an answer of that version already: the version has to be raised
 */
export function extendRecord(record: AnswerRecord, { changed, added }: Difference, version: string): AnswerRecord {
  if (changed.some(({ key }) => record[key]?.[version] !== undefined))
    throw new RangeError(`Answers recorded for ${version} have changed: raise MASK_RULES_VERSION first.`);
  const extended: Record<string, Readonly<Record<string, string>>> = { ...record };
  for (const one of [...changed, ...added])
    extended[one.key] = { ...record[one.key], [version]: digest(answerOf(one)) };
  return extended;
}
