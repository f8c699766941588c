import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { wilson } from '../../lambdas/shared/lib/wilson.ts';
import { findStack } from '../aws/stack.ts';
import { openLake } from '../lake/open-lake.ts';
import { countSheet, type PlaceCounts, type SampleCounts, type Share } from '../lake/sampling/count-sheet.ts';
import { drawSample } from '../lake/sampling/draw-sample.ts';
import { samplePage } from '../lake/sampling/sample-page.ts';
import { readSheet, SheetInvalid, writeSheet } from '../lake/sampling/sheet.ts';
import { UsageError } from '../process/usage-error.ts';
import { plural } from '../terminal/plural.ts';
import { whileWaiting } from '../terminal/waiting.ts';
import { path, wholeNumber } from './arguments.ts';

interface SampleFlags {
  day: string[];
  seed?: string;
  to: string;
  read?: string;
  discard?: boolean;
  out: string;
  stack?: string;
  region?: string;
  json?: boolean;
}

/** More are not read by a person. */
const MOST = 10_000;
/** What was said stands in them: nobody else on this machine is to read it. */
const PRIVATE = { mode: 0o600 };
const PAGE = 'sample.html';
const SHEET = 'sample.csv';
const COUNTS = 'sample-counts.json';

/** `sample`: masked transcripts drawn at random for a person to check, and what the person found. */
export function sampleCommand(): Command {
  return new Command('sample')
    .description('draw masked transcripts at random for a person to check, and count what was found')
    .argument('[n]', 'how many to draw', wholeNumber(1, MOST))
    .option('--day <day>', 'only of interactions that started on this day, UTC; may be repeated', collectDays, [])
    .option('--seed <text>', 'the same seed draws the same ones; another one each time otherwise')
    .option('--to <dir>', `folder for ${PAGE} and ${SHEET}`, path, 'sample')
    .option('--read <sheet>', 'read a sheet that was filled in, and print recall and precision', path)
    .option('--discard', `with --read: delete the sheet and the page beside it; ${COUNTS} stays`)
    .option('--out <dir>', 'directory of `run --out`, or s3://bucket', path, 'out')
    .option('--stack <name>', 'draw from the data lake of this stack, in AWS')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Each medium, and each type of personal data that was found, has its share of what is drawn. The page says how to mark.

Exit code: 0 drawn or counted, 1 nothing to draw from, 2 bad usage, or a sheet that cannot be read.

Examples:
  npm run -s transcripts -- sample 60 --day 2026-11-21
  npm run -s transcripts -- sample --read sample/${SHEET} --discard`,
    )
    .action(async (count: number | undefined, flags: SampleFlags) => {
      if ((count === undefined) === (flags.read === undefined)) {
        throw new UsageError('sample takes how many to draw, or --read and a sheet');
      }
      if (flags.read !== undefined) await countMarked(flags.read, flags);
      else if (count !== undefined) await draw(count, flags);
    });
}

function collectDays(text: string, earlier: string[]): string[] {
  if (!z.iso.date().safeParse(text).success) throw new InvalidArgumentError('It must be a day: YYYY-MM-DD.');
  return [...earlier, text];
}

async function draw(count: number, flags: SampleFlags): Promise<void> {
  const { day: days, seed = randomBytes(8).toString('hex'), to } = flags;
  const stack = flags.stack === undefined ? undefined : await findStack(flags.stack, flags.region);
  const lake = await openLake(stack ?? flags.out);
  try {
    const { rows, of } = await whileWaiting('drawing transcripts', () => drawSample(lake, { count, seed, days }));
    if (rows.length === 0) {
      process.stderr.write(`${lake.name} has no transcripts${days.length > 0 ? ` of ${days.join(', ')}` : ''}\n`);
      process.exitCode = 1;
      return;
    }
    await mkdir(to, { recursive: true });
    const page = join(to, PAGE);
    const sheet = join(to, SHEET);
    await writeFile(page, samplePage(rows), PRIVATE);
    await writeFile(sheet, writeSheet(rows), PRIVATE);
    const facts = { drawn: rows.length, of, seed, page, sheet };
    const text = `${plural(rows.length, 'transcript')} of ${of} drawn with the seed ${seed}\n  read    ${page}\n  fill in ${sheet}\n`;
    process.stdout.write(flags.json ? `${JSON.stringify(facts)}\n` : text);
  } finally {
    await lake.close();
  }
}

/** Counts a sheet, keeps the counts beside it, and deletes it where that is asked for. */
async function countMarked(sheet: string, { discard, json }: SampleFlags): Promise<void> {
  const counts = await readCounts(sheet);
  const folder = dirname(sheet);
  await writeFile(join(folder, COUNTS), `${JSON.stringify(counts)}\n`);
  if (discard) await Promise.all([sheet, join(folder, PAGE)].map((file) => rm(file, { force: true })));
  process.stdout.write(json ? `${JSON.stringify(counts)}\n` : renderCounts(counts));
  if (!discard)
    process.stderr.write(`${COUNTS} has the counts; the page and the sheet are better deleted: --discard\n`);
}

/** @throws UsageError for a sheet that is not there, or cannot be read */
async function readCounts(sheet: string): Promise<SampleCounts> {
  const text = await readFile(sheet, 'utf8').catch(() => {
    throw new UsageError(`${sheet}: no such file`);
  });
  try {
    return countSheet(readSheet(text));
  } catch (error) {
    if (!(error instanceof SheetInvalid)) throw error;
    throw new UsageError(`--read: ${error.message}`);
  }
}

/**
 * What a person found, as lines of text. Pure.
 *
 * @example renderCounts(counts) // '58 of 60 interactions checked\n…'
 */
function renderCounts({ drawn, checked, all, estimate, byType, byMedium }: SampleCounts): string {
  const rows = [...Object.entries(byMedium), ...Object.entries(byType)];
  const width = Math.max('all, as drawn'.length, ...rows.map(([name]) => name.length));
  const line = (name: string, { masked, wrong, missed }: PlaceCounts) =>
    `  ${name.padEnd(width)}  recall ${share(masked - wrong, masked - wrong + missed)}  precision ${share(masked - wrong, masked)}`;
  return [
    `${checked} of ${drawn} interactions checked: ${all.masked} places masked, ${all.wrong} of them wrongly, ${all.missed} missed`,
    `  ${'of the lake'.padEnd(width)}  recall ${estimated(estimate.recall)}  precision ${estimated(estimate.precision)}`,
    line('all, as drawn', all),
    ...rows.map(([name, counts]) => line(name, counts)),
    '',
  ].join('\n');
}

function estimated({ share: part, places }: Share): string {
  return share(part * places, places);
}

/** In percent, with the 95% interval. */
function share(hits: number, of: number): string {
  if (of === 0) return '-'.padEnd(24);
  const [from, to] = wilson(hits, of);
  return `${percent(hits / of)} (${percent(from)} to ${percent(to)})`.padEnd(24);
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)}%`;
}
