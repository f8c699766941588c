/**
 * `npm run golden`: records the masker's answers to the golden corpus under the version of its rules.
 * `npm run golden -- --print` writes the answers themselves, one case a line: two such files are compared byte for byte.
 */
import { parseArgs } from 'node:util';
import { refuse } from '../../../../scripts/arguments.ts';
import { MASK_RULES_VERSION } from '../../src/model/rules-version.ts';
import { answerOf, goldenCorpus } from './corpus.ts';
import { compareAnswers, extendRecord, readRecord, writeRecord } from './record.ts';

const { print } = readArguments();
const corpus = goldenCorpus();
if (print) {
  for (const one of corpus) process.stdout.write(`${one.key} ${one.json} ${answerOf(one)}\n`);
} else {
  const record = readRecord();
  const difference = compareAnswers(corpus, record);
  const { changed, added, vanished } = difference;
  writeRecord(extendRecord(record, difference, MASK_RULES_VERSION));
  console.log(`${MASK_RULES_VERSION}: ${changed.length} changed, ${added.length} added, ${vanished.length} vanished`);
}

function readArguments(): { print?: boolean } {
  try {
    return parseArgs({ options: { print: { type: 'boolean' } } }).values;
  } catch (error) {
    refuse((error as Error).message);
  }
}
