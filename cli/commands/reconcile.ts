import { Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { isSecureUrl } from '../../lambdas/shared/lib/secure-url.ts';
import { findStack } from '../aws/stack.ts';
import { openLake } from '../lake/open-lake.ts';
import { inOrder } from '../process/interruption.ts';
import { UsageError } from '../process/usage-error.ts';
import { reconcileLake } from '../reconcile/reconcile-lake.ts';
import { renderReconciliation, reportOf } from '../reconcile/render-reconciliation.ts';
import { chooseVendor } from '../run/choose-services.ts';
import { whileWaiting } from '../terminal/waiting.ts';
import { path, serviceUrl } from './arguments.ts';

interface ReconcileFlags {
  cxoneUrl: string;
  out: string;
  stack?: string;
  region?: string;
  json?: boolean;
}

/** `reconcile`: what CXone says it has analysed, held against a data lake. */
export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description('hold the contacts that CXone says it has analysed against a data lake, and name what is missing')
    .argument('<from>', 'first start of a contact: a day (UTC) or a time, ISO 8601', parseInstant)
    .argument('<to>', 'end of the span, exclusive', parseInstant)
    .addOption(
      new Option('--cxone-url <url>', 'issuer of the tenant, or base of its API')
        .argParser(serviceUrl(isSecureUrl))
        .makeOptionMandatory(),
    )
    .option('--out <dir>', 'directory of `run --out`', path, 'out')
    .option('--stack <name>', 'the data lake of this stack instead, in AWS')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Credentials come from the environment, as for run and probe. CXone lists the contacts of about thirty days. A contact
counts as missing where no run has found a transcript of it; one whose transcripts are 404 or empty does not. Nothing is
changed; every scheduled run compares by itself, and asks again for what is missing.

Exit code: 0 nothing is missing, or nothing could be compared, and the output says so; 1 something is missing, or CXone
did not answer; 2 bad usage.

Examples:
  npm run -s transcripts -- reconcile 2026-11-20 2026-11-22 --cxone-url https://cxone.niceincontact.com
  npm run -s transcripts -- reconcile 2026-11-20 2026-11-22 --stack CxoneTranscripts-prod --cxone-url https://cxone.niceincontact.com`,
    )
    .action(async (fromMs: number, toMs: number, { cxoneUrl, out, stack, region, json }: ReconcileFlags) => {
      if (fromMs >= toMs) throw new UsageError('FROM must be before TO');
      const vendor = await chooseVendor(cxoneUrl, process.env);
      const lake = await openLake(stack === undefined ? out : await findStack(stack, region));
      try {
        const found = await whileWaiting('reading the list of contacts', () =>
          inOrder((signal) => reconcileLake({ vendor, store: lake.store, fromMs, toMs, signal })),
        );
        const report = reportOf(found);
        process.stdout.write(json ? `${JSON.stringify(report)}\n` : renderReconciliation(report, lake.name));
        process.exitCode = report.missing.length > 0 ? 1 : 0;
      } finally {
        await lake.close();
      }
    });
}

/** In ms, cut to the second. */
function parseInstant(text: string): number {
  const isInstant = z.iso.date().safeParse(text).success || z.iso.datetime({ offset: true }).safeParse(text).success;
  if (isInstant) return Math.floor(Date.parse(text) / 1_000) * 1_000;
  throw new InvalidArgumentError('It must be a day such as 2026-11-20, or a time such as 2026-11-20T12:00:00Z.');
}
