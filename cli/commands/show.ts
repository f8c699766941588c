import { once } from 'node:events';
import { Command } from 'commander';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { findStack } from '../aws/stack.ts';
import { readManifest } from '../lake/list-runs.ts';
import { type Lake, openLake } from '../lake/open-lake.ts';
import { letReadersLeave } from '../process/interruption.ts';
import { UsageError } from '../process/usage-error.ts';
import { path, runName, wholeNumber } from './arguments.ts';

interface ShowFlags {
  limit: number;
  out: string;
  stack?: string;
  region?: string;
}

/** `show`: the rows that a run has stored, masked as they are. */
export function showCommand(): Command {
  return new Command('show')
    .description('print transcripts that a run has stored, one JSON object a line')
    .argument('<run>', 'id of the run: the name of its execution', runName)
    .option('--limit <n>', 'how many at most', wholeNumber(1, 1_000_000_000), 10)
    .option('--out <dir>', 'directory of `run --out`, or s3://bucket', path, 'out')
    .option('--stack <name>', 'look into the data lake of this stack, in AWS')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .addHelpText('after', '\nExit code: 0 shown, 2 bad usage, or a run that is not recorded here.')
    .action(async (runId: string, flags: ShowFlags) => {
      letReadersLeave();
      const stack = flags.stack === undefined ? undefined : await findStack(flags.stack, flags.region);
      const lake = await openLake(stack ?? flags.out);
      try {
        for await (const row of rowsOf(lake, runId, flags.limit)) {
          if (!process.stdout.write(`${row}\n`)) await once(process.stdout, 'drain');
        }
      } finally {
        await lake.close();
      }
    });
}

/** @throws UsageError where the run has no manifest: what it has stored so far may still change */
async function* rowsOf(lake: Lake, runId: string, limit: number): AsyncGenerator<string> {
  const manifest = (await readManifest(lake, runId))?.value;
  if (!manifest) throw new UsageError(`${lake.name} has no ${keys.manifest(runId)}: no such run, or not recorded yet`);
  let left = limit;
  for (const { key } of manifest.parts) {
    for await (const row of lake.store.readLines(key)) {
      if (left === 0) return;
      left -= 1;
      yield row;
    }
  }
}
