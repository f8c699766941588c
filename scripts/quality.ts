/**
 * `npm run quality`: how much the masker finds of the labelled corpus, and what it masks wrongly.
 *
 * It scores the open half, prints its figures and writes `docs/masking-quality.md`. `--show N` prints so many misses and false
 * alarms of the open half; `--held` scores the other half, for a publication; `--add FILE…` sorts new items into the halves; `--draw`
 * writes the drawn files again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { MASK_RULES_VERSION } from '@cxone-transcripts/masker';
import { refuse } from './arguments.ts';
import { DRAWN, drawFile } from './quality/draw.ts';
import { PAGE, readFigures, writeFigures } from './quality/figures.ts';
import { corpusDigest, folderOf, HALVES, type Half, readHalf } from './quality/halves.ts';
import { qualityPage } from './quality/page.ts';
import { scoreItems } from './quality/score-items.ts';
import { addToHalves } from './quality/sort-into-halves.ts';
import { sumTable, typeTable } from './quality/tables.ts';

const OPTIONS = {
  held: { type: 'boolean', default: false },
  show: { type: 'string', default: '0' },
  add: { type: 'boolean', default: false },
  draw: { type: 'boolean', default: false },
} as const;

function readArguments() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch {
    return refuse(
      `npm run quality takes --show N, --held, --add FILE… or --draw, and not ${process.argv.slice(2).join(' ')}`,
    );
  }
}

const { values, positionals } = readArguments();
const show = Number(values.show);
if (!Number.isInteger(show) || show < 0) refuse('--show takes a whole number');
if (values.held && show > 0) refuse('the held half is not to be read: --held shows no misses');
if (positionals.length > 0 !== values.add) refuse('--add takes the files to add, nothing else does');

if (values.add) {
  for (const file of positionals) addToHalves(readFileSync(file, 'utf8'), basename(file, '.txt'));
} else if (values.draw) {
  for (const stem of Object.keys(DRAWN)) {
    const drawn = drawFile(stem);
    for (const half of HALVES) writeFileSync(join(folderOf(half), `${stem}.txt`), drawn[half]);
  }
} else {
  publish(values.held ? 'held' : 'open');
}

/** Scores a half, prints its figures, keeps them and writes the page. */
function publish(half: Half): void {
  if (half === 'held') {
    console.warn(
      'The held half is for a publication: rules that were changed because of its figures make them worthless.',
    );
  }
  const remarks: string[] = [];
  const scored = { corpus: corpusDigest(), ...scoreItems(readHalf(half), (remark) => remarks.push(remark)) };
  const figures = readFigures();
  const ofVersion = { ...figures[MASK_RULES_VERSION], [half]: scored };
  if (ofVersion.open === undefined) refuse('the open half comes first: npm run quality');
  const next = { ...figures, [MASK_RULES_VERSION]: ofVersion };
  writeFigures(next);
  writeFileSync(PAGE, qualityPage(next, MASK_RULES_VERSION));
  console.log(`rules ${MASK_RULES_VERSION}, ${half} half, corpus ${scored.corpus}\n`);
  console.log(`${sumTable(scored)}\n\n${typeTable(scored)}`);
  for (const remark of remarks.slice(0, show)) console.log(remark);
}
