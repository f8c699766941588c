/**
 * `npm run golden`: records the masker's answers to the golden corpus under the version of its rules.
 * `npm run golden -- --since FILE` fails where an earlier record says what this one no longer does, and records nothing.
 * `npm run golden -- --print` writes the answers themselves, one case a line: two such files are compared byte for byte.
 */
import { parseArgs } from 'node:util';
import { MASK_RULES_VERSION } from '../packages/masker/src/model/rules-version.ts';
import { answerOf, goldenCorpus } from '../packages/masker/test/golden/corpus.ts';
import {
  compareAnswers,
  extendRecord,
  readRecord,
  rewrittenAnswers,
  writeRecord,
} from '../packages/masker/test/golden/record.ts';
import { refuse } from './arguments.ts';

const { print, since } = readArguments();
const corpus = since === undefined ? goldenCorpus() : [];
if (since !== undefined) {
  const rewritten = rewrittenAnswers(readRecord(since), readRecord());
  for (const answer of rewritten)
    console.error(`${answer}: was recorded with another answer, raise MASK_RULES_VERSION`);
  process.exitCode = rewritten.length > 0 ? 1 : 0;
} else if (print) {
  for (const one of corpus) process.stdout.write(`${one.key} ${one.json} ${answerOf(one)}\n`);
} else {
  const record = readRecord();
  const difference = compareAnswers(corpus, record);
  const { changed, added, vanished } = difference;
  writeRecord(extendRecord(record, difference, MASK_RULES_VERSION));
  console.log(`${MASK_RULES_VERSION}: ${changed.length} changed, ${added.length} added, ${vanished.length} vanished`);
}

function readArguments(): { print?: boolean; since?: string } {
  try {
    return parseArgs({ options: { print: { type: 'boolean' }, since: { type: 'string' } } }).values;
  } catch (error) {
    refuse((error as Error).message);
  }
}
