/** The figures of every version of the rules, as they are kept beside the corpus; the page is made from them alone. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { HALVES } from './halves.ts';

const Count = z.int().nonnegative();
const TypeFigures = z.strictObject({ gold: Count, found: Count, typed: Count, findings: Count, alarms: Count });
const TallyFigures = z.strictObject({
  words: Count,
  plain: Count,
  overmasked: Count,
  byType: z.record(z.string(), TypeFigures),
});
const CasingFigures = z.strictObject({ 'as written': TallyFigures, 'lower case': TallyFigures });

const HalfFigures = z.strictObject({
  /** Of both halves, when this was scored. */
  corpus: z.string(),
  conversations: Count,
  utterances: Count,
  all: CasingFigures,
  media: z.record(z.string(), CasingFigures),
});
export type HalfFigures = z.infer<typeof HalfFigures>;

/** By version of the rules, then by half. */
const Figures = z.record(z.string(), z.partialRecord(z.enum(HALVES), HalfFigures));
export type Figures = z.infer<typeof Figures>;

const FILE = join(import.meta.dirname, '../../test/quality/figures.json');
export const PAGE = join(import.meta.dirname, '../../docs/masking-quality.md');

/** @throws ZodError for a file that says something else */
export function readFigures(): Figures {
  return existsSync(FILE) ? Figures.parse(JSON.parse(readFileSync(FILE, 'utf8'))) : {};
}

export function writeFigures(figures: Figures): void {
  writeFileSync(FILE, `${JSON.stringify(figures, null, 2)}\n`);
}
