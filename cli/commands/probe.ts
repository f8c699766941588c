import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { isSecureUrl } from '../../lambdas/shared/lib/secure-url.ts';
import { type ProbeReport, renderProbe } from '../probe/probe-report.ts';
import { probeTenant } from '../probe/probe-tenant.ts';
import { MOST_CALLS } from '../probe/tenant-calls.ts';
import { inOrder } from '../process/interruption.ts';
import { chooseVendor } from '../run/choose-services.ts';
import { whileWaiting } from '../terminal/waiting.ts';
import { path, serviceUrl } from './arguments.ts';

interface ProbeFlags {
  cxoneUrl: string;
  out: string;
  json?: boolean;
}

/** `probe`: what a tenant really does, with its credentials and no deployment. */
export function probeCommand(): Command {
  return new Command('probe')
    .description('ask a CXone tenant what it really does, before anything is deployed')
    .addOption(
      new Option('--cxone-url <url>', 'issuer of the tenant, or base of its API')
        .argParser(serviceUrl(isSecureUrl))
        .makeOptionMandatory(),
    )
    .option('--out <dir>', 'where probe.json and probe.txt go', path, 'out')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      `
Credentials come from the environment, as for run: CXONE_ACCESS_KEY_ID and CXONE_ACCESS_KEY_SECRET, for a registered
application CXONE_CLIENT_ID, CXONE_CLIENT_SECRET and CXONE_CLIENT_AUTH as well. docs/tenant.md says what to ask for.
At most ${MOST_CALLS} calls besides the sign-in, one after another; none changes anything. The report holds no personal data, no id of
a person and no token, and may be attached to a bug report; the masked words that are printed below it are in no file.

Exit code: 0 Interaction Analytics can be read, 1 it cannot, or the sign-in failed, 2 bad usage.

Example:
  npm run -s transcripts -- probe --cxone-url https://cxone.niceincontact.com`,
    )
    .action(async ({ cxoneUrl, out, json }: ProbeFlags) => {
      const vendor = await chooseVendor(cxoneUrl, process.env);
      const { report, example } = await whileWaiting('probing the tenant', (waiting) =>
        inOrder((signal) => probeTenant(vendor, Date.now(), signal, (text) => waiting.now(text))),
      );
      const files = await writeReport(report, out);
      if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
      else {
        const words = example === undefined ? [] : [`masked words  ${example}`, ''];
        process.stdout.write([renderProbe(report), ...words, `report        ${files.join(', ')}`, ''].join('\n'));
      }
      process.exitCode = report.apis[0]?.verdict === 'ok' ? 0 : 1;
    });
}

/** Paths of the report, for programs and for people. */
async function writeReport(report: ProbeReport, out: string): Promise<string[]> {
  await mkdir(out, { recursive: true });
  const files = [join(out, 'probe.json'), join(out, 'probe.txt')] as const;
  await writeFile(files[0], `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(files[1], renderProbe(report));
  return [...files];
}
