import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { UnreadableObject } from '../../lambdas/shared/storage/read-record.ts';
import { findStack } from '../aws/stack.ts';
import { compactDay } from '../lake/compaction/compact-day.ts';
import type { Compaction } from '../lake/compaction/compaction.ts';
import { openLake } from '../lake/open-lake.ts';
import { whileWaiting } from '../terminal/waiting.ts';
import { path } from './arguments.ts';

interface CompactFlags {
  out: string;
  stack?: string;
  region?: string;
  json?: boolean;
}

/** `compact`: a day's transcripts as Parquet, one file a medium, each transcript once. */
export function compactCommand(): Command {
  return new Command('compact')
    .description('write the transcripts of a day as Parquet: one file a medium, each transcript once')
    .argument('<day...>', 'days on which the interactions started, UTC, YYYY-MM-DD', collectDays)
    .option('--out <dir>', 'directory of `run --out`, or s3://bucket', path, 'out')
    .option('--stack <name>', 'compact in the data lake of this stack, in AWS')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .option('--json', 'print one JSON object a day')
    .addHelpText(
      'after',
      `
Days that are up to date are left alone. A day is not compacted while a manifest cannot be read, or a part is not the
one that is listed, nor where its files hold transcripts that no listed part has and nobody erased: they stay.

Exit code: 0 done, 1 not compacted for such a reason, 2 bad usage.`,
    )
    .action(async (days: string[], flags: CompactFlags) => {
      const stack = flags.stack === undefined ? undefined : await findStack(flags.stack, flags.region);
      const lake = await openLake(stack ?? flags.out);
      try {
        for (const day of days) {
          const { compaction, isNew } = await whileWaiting(`compacting ${day}`, () =>
            compactDay(lake, day, new Date().toISOString()),
          );
          process.stdout.write(
            flags.json ? `${JSON.stringify({ ...compaction, isNew })}\n` : render(compaction, isNew),
          );
        }
      } catch (error) {
        if (!(error instanceof UnreadableObject)) throw error;
        process.stderr.write(`error: not compacted: ${error.message}\n`);
        process.exitCode = 1;
      } finally {
        await lake.close();
      }
    });
}

function collectDays(text: string, earlier: string[] | undefined): string[] {
  if (!z.iso.date().safeParse(text).success) throw new InvalidArgumentError('It must be a day: YYYY-MM-DD.');
  return [...(earlier ?? []), text];
}

function render({ day, parts, rows, repeated, files }: Compaction, isNew: boolean): string {
  if (parts === 0) return `${day}: no transcript of that day is stored here\n`;
  const size = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const what = `${parts} parts with ${rows} rows into ${files.length} files with ${rows - repeated}, ${size.toFixed(1)} MB`;
  return `${day}: ${isNew ? what : `up to date: ${what}`}\n`;
}
