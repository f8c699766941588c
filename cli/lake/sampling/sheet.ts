/** The sheet of a sample: what was masked in each interaction, with room for what a person finds. Pure. */
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { SampledRow } from './draw-sample.ts';

const COLUMNS = ['number', 'interactionId', 'mediaType', 'type', 'masked', 'wrong', 'missed', 'weight'] as const;

/** A line of a sheet; `wrong` and `missed` are undefined where nobody wrote anything. */
export interface SheetLine {
  number: number;
  mediaType: string;
  type: string;
  masked: number;
  wrong: number | undefined;
  missed: number | undefined;
  weight: number;
}

/** The sheet cannot be read; the message names line and column, never what stands there. */
export class SheetInvalid extends Error {}

/**
 * The sheet as CSV: a line for each type that was masked in an interaction, and one without a type for what was missed else.
 *
 * @example writeSheet(rows).split('\r\n')[1] // '1,int-1,voice,PHONE_NUMBER,2,,,12.5'
 */
export function writeSheet(rows: readonly SampledRow[]): string {
  const lines = rows.flatMap(({ row: { interactionId, mediaType, findings }, weight }, n) => {
    const types = Object.entries(findings).sort(([a], [b]) => (a < b ? -1 : 1));
    return [...types, ['', 0] as const].map(([type, masked]) =>
      [n + 1, interactionId, mediaType, type, masked, '', '', Number(weight.toFixed(4))].join(','),
    );
  });
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

const Count = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/)
  .transform(Number);
const Cell = z.union([
  z
    .string()
    .trim()
    .length(0)
    .transform(() => undefined),
  Count,
]);
const Line = z.object({
  number: Count,
  mediaType: z.string().min(1),
  type: z
    .string()
    .trim()
    .regex(/^[A-Z][A-Z0-9_]*$|^$/),
  masked: Count,
  wrong: Cell,
  missed: Cell,
  // A spreadsheet may write a comma for the point.
  weight: z
    .string()
    .trim()
    .regex(/^\d+([.,]\d+)?$/)
    .transform((text) => Number(text.replace(',', '.'))),
});

/**
 * The lines of a sheet that a person has filled in, as spreadsheets save it: with commas, semicolons or tabs.
 *
 * @throws SheetInvalid naming the line and the column
 * @example readSheet('number,…\n1,int-1,voice,PIN,2,0,1,12.5')[0].missed // 1
 */
export function readSheet(text: string): SheetLine[] {
  const records = recordsOf(text);
  const lacking = COLUMNS.find((name) => name !== 'interactionId' && !(name in (records[0] ?? {})));
  if (lacking !== undefined) throw new SheetInvalid(`the sheet has no column ${lacking}`);
  return records.map((record, n) => {
    const read = Line.safeParse(record);
    const where = `line ${n + 2} of the sheet`;
    if (!read.success) throw new SheetInvalid(`${where}: ${String(read.error.issues[0]?.path[0])} cannot be read`);
    const { masked, wrong = 0, missed, type } = read.data;
    if (wrong > masked) throw new SheetInvalid(`${where}: more is wrong than was masked`);
    if ((missed ?? 0) > 0 && type === '') throw new SheetInvalid(`${where}: missed needs a type, such as PERSON`);
    return read.data;
  });
}

function recordsOf(text: string): Record<string, string>[] {
  // A spreadsheet of a country that writes commas into numbers puts something else between cells.
  const [, delimiter = ','] = /^\uFEFF?"?number"?([,;\t])/.exec(text) ?? [];
  try {
    return parse<Record<string, string>>(text, { bom: true, columns: true, delimiter, skip_empty_lines: true });
  } catch {
    throw new SheetInvalid('the sheet is no CSV with as many columns in each line');
  }
}
