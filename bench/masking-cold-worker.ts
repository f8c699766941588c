/** The first batch of a fresh process, for `npm run bench masking`: prints milliseconds as JSON. */
import { createMasker } from '@cxone-transcripts/masker';
import { readLexicon } from '../lambdas/shared/lib/names-lexicon.ts';
import { generateCorpus } from './transcripts.ts';

const BATCH = 2_000_000;

const { documents } = generateCorpus({ bytes: BATCH, personal: 0.03, withDigits: 0.2, twoByte: false });
const started = performance.now();
const lexicon = readLexicon();
const read = performance.now();
const masker = createMasker({}, lexicon);
masker.maskText('');
const ready = performance.now();
for (const document of documents) masker.maskJson(document);
const done = performance.now();
process.stdout.write(JSON.stringify({ lexicon: read - started, masker: ready - read, batch: done - ready }));
