import { randomBytes } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import { RunId } from '../../lambdas/shared/contracts/ids.ts';
import { isSecureUrl } from '../../lambdas/shared/lib/secure-url.ts';
import { findStack } from '../aws/stack.ts';
import { openLake } from '../lake/open-lake.ts';
import { describeFailure } from '../redeliver/describe-failure.ts';
import { type RedeliveryOutcome, redeliverInAws, redeliverLocally } from '../redeliver/redeliver-run.ts';
import { type RedeliverySurvey, surveyRedelivery } from '../redeliver/survey-redelivery.ts';
import { choice, path, serviceUrl } from './arguments.ts';

interface RedeliverFlags {
  only: 'parked' | 'all';
  dryRun?: boolean;
  out: string;
  stack?: string;
  region?: string;
  webhookUrl?: string;
  json?: boolean;
}

/** `redeliver`: sends the transcripts of a run to the webhook again, with the same ids. */
export function redeliverCommand(): Command {
  return new Command('redeliver')
    .description('send the transcripts of a run to the webhook again, with the same ids')
    .argument('<run>', 'id of the run: the name of its execution', runId)
    .addOption(
      new Option('--only <which>', 'parked: only what the webhook did not take; all: everything once more')
        .argParser(choice(['parked', 'all']))
        .default('all'),
    )
    .option('--dry-run', 'say what would be sent, and send nothing')
    .option('--out <dir>', 'directory of `run --out`', path, 'out')
    .option('--stack <name>', 'let the state machine of this stack do it, in AWS')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .addOption(
      new Option('--webhook-url <url>', 'webhook to deliver to; a local receiver otherwise').argParser(
        serviceUrl(isSecureUrl),
      ),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A receiver knows a transcript that it has by its id: sending it again has no effect. WEBHOOK_SIGNING_SECRET (whsec_…)
signs the deliveries to --webhook-url. Each redelivery is noted in the audit trail.

Exit code: 0 everything is delivered (in AWS: started), 1 something is not, 2 bad usage.

Examples:
  npm run -s transcripts -- redeliver daily-2026-11-20 --only parked --dry-run
  npm run -s transcripts -- redeliver daily-2026-11-20 --only parked --stack CxoneTranscripts-prod`,
    )
    .action(async (run: string, flags: RedeliverFlags) => {
      const { only } = flags;
      const stack = flags.stack === undefined ? undefined : await findStack(flags.stack, flags.region);
      const redelivery = { runId: run, only, name: newName(new Date()) };
      if (stack && !flags.dryRun) {
        const link = await redeliverInAws(stack, redelivery);
        return print(flags, { ...redelivery, execution: link }, `Started ${redelivery.name}\n${link}\n`);
      }
      const lake = await openLake(stack ?? flags.out);
      // Asked before a delivery on this machine too: an unknown run is a slip of the pen.
      const survey = await surveyRedelivery(lake.store, run, only).finally(() => lake.close());
      if (flags.dryRun) return print(flags, { runId: run, only, dryRun: true, ...survey }, renderSurvey(survey));
      const { rows, delivered, parked, transcripts: pending } = survey;
      const outcome = await redeliverLocally(redelivery, { delivered, parked, pending }, flags, process.env);
      print(flags, { ...redelivery, rows, ...outcome }, renderOutcome(run, rows, outcome));
      const isDone = outcome.status === 'SUCCEEDED' && outcome.pending + outcome.parked === 0;
      process.exitCode = isDone ? 0 : 1;
    });
}

function runId(text: string): string {
  if (RunId.safeParse(text).success) return text;
  throw new InvalidArgumentError('It must be the id of a run: letters, digits, _ and -');
}

/** Sorts by time in a listing, and two redeliveries of the same second differ. */
function newName(now: Date): string {
  return `manual-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}-${randomBytes(3).toString('hex')}`;
}

function print(flags: RedeliverFlags, facts: unknown, text: string): void {
  process.stdout.write(flags.json ? `${JSON.stringify(facts)}\n` : text);
}

const inAll = (delivered: number, rows: number) => `${delivered} of ${rows} delivered in all`;

/**
 * What a redelivery would send, a line. Pure.
 *
 * @example renderSurvey(survey) // '600 transcripts would be sent; 300 of 600 delivered in all\n'
 */
export function renderSurvey({ transcripts, events, delivered, rows }: RedeliverySurvey): string {
  const others = events > 0 ? ` and ${events} other event${events === 1 ? '' : 's'}` : '';
  return `${transcripts} transcript${transcripts === 1 ? '' : 's'}${others} would be sent; ${inAll(delivered, rows)}\n`;
}

/**
 * What a redelivery came to, in the numbers that `status` and `--dry-run` show too. Pure.
 *
 * @example renderOutcome('daily', 600, outcome)
 * // 'daily: 0 sent now; 300 of 600 delivered in all; 300 still to be sent: the connection is refused\n'
 */
export function renderOutcome(run: string, rows: number, outcome: RedeliveryOutcome): string {
  const { status, error, sent, delivered, parked, pending, lastFailure } = outcome;
  const why = lastFailure === undefined ? '' : `: ${describeFailure(lastFailure)}`;
  const counts = [
    `${sent} sent now`,
    inAll(delivered, rows),
    ...(pending > 0 ? [`${pending} still to be sent${why}`] : []),
    ...(parked > 0 ? [`${parked} parked${why}; runs/${run}/parked.jsonl lists them`] : []),
  ];
  const ends: Partial<Record<RedeliveryOutcome['status'], string>> = {
    ABORTED: 'The webhook does not take it now: try again later.\n',
    FAILED: `It failed: ${error ?? 'unknown error'}\n`,
    TIMED_OUT: 'It ran out of time: try again.\n',
  };
  return `${run}: ${counts.join('; ')}\n${ends[status] ?? ''}`;
}
