import { Command, InvalidArgumentError, Option } from 'commander';
import { InteractionId } from '../../lambdas/shared/contracts/ids.ts';
import { isSecureUrl } from '../../lambdas/shared/lib/secure-url.ts';
import { findStack } from '../aws/stack.ts';
import { type Erasure, eraseInteractions } from '../lake/erasure/erase-interactions.ts';
import { notifyInAws, notifyLocally } from '../lake/erasure/notify-erasure.ts';
import { openLake } from '../lake/open-lake.ts';
import { confirmDeletion } from '../process/confirm-deletion.ts';
import { chooseServices } from '../run/choose-services.ts';
import { QUIET, whileWaiting } from '../terminal/waiting.ts';
import { path, serviceUrl } from './arguments.ts';

interface EraseFlags {
  interaction: string[];
  out: string;
  stack?: string;
  region?: string;
  webhookUrl?: string;
  notify: boolean;
  yes?: boolean;
  json?: boolean;
}

/** `erase`: a person's right to be forgotten, carried out. */
export function eraseCommand(): Command {
  return new Command('erase')
    .description('erase interactions from a data lake for good, and tell the webhook')
    .requiredOption(
      '--interaction <id...>',
      'what to erase: the id of a segment, an interaction or an ACD contact',
      collectIds,
    )
    .option('--out <dir>', 'directory of `run --out`', path, 'out')
    .option('--stack <name>', 'erase in the data lake of this stack instead, in AWS')
    .option('--region <region>', 'where the stack is; AWS_REGION or that of the profile otherwise')
    .addOption(
      new Option('--webhook-url <url>', 'webhook to tell; a local receiver otherwise').argParser(
        serviceUrl(isSecureUrl),
      ),
    )
    .option('--no-notify', 'leave the events in the outbox: the next delivery of the run sends them')
    .option('--yes', 'erase without asking')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Takes any of the vendor's ids; one that stands for several segments erases all of them, in all their versions.
Rewrites the parts and compacted files that hold the interactions, corrects receipts and manifests, deletes old
versions, and leaves a tombstone (a hash, the time and numbers of rows), so that no later run brings them back. Done
again, it completes what broke off. A run with a record or a part that cannot be read is left alone and named, and so is
a compacted file.

Exit code: 0 erased, or not there; 1 a run under way has them planned (erase them again when it is over), or something
could not be looked into; 2 bad usage.

Examples:
  npm run -s transcripts -- erase --interaction int-8a7b9c0d-1e2f-3g4h-5i6j-7k8l9m0n1o2p
  npm run -s transcripts -- erase --stack CxoneTranscripts-prod --interaction int-1 int-2 --yes`,
    )
    .action(async (flags: EraseFlags) => {
      const at = new Date().toISOString();
      const stack = flags.stack === undefined ? undefined : await findStack(flags.stack, flags.region);
      // What is wrong with the webhook is to be known before anything is erased.
      if (flags.notify && !stack) await chooseServices(flags, process.env);
      const lake = await openLake(stack ?? flags.out);
      let erasure: Erasure | undefined;
      try {
        const question = `Erase ${flags.interaction.length} interactions from ${lake.name} for good?`;
        if (await confirmDeletion({ items: flags.interaction, question, yes: flags.yes }))
          erasure = await whileWaiting('erasing', () => eraseInteractions(lake, flags.interaction, at), QUIET);
      } finally {
        await lake.close();
      }
      if (!erasure) {
        process.stderr.write('Nothing was erased\n');
        process.exitCode = 1;
        return;
      }
      // Before the webhook is told, which may take long and be interrupted: what is erased cannot be told again.
      const facts = {
        ...erasure,
        rows: Object.fromEntries(erasure.rows),
        interactions: Object.fromEntries(erasure.interactions),
      };
      process.stdout.write(flags.json ? `${JSON.stringify(facts)}\n` : render(erasure, flags.interaction));
      process.exitCode = erasure.underWay.length + erasure.leftAlone.length > 0 ? 1 : 0;
      if (flags.notify && erasure.runs.length > 0) {
        if (stack) await notifyInAws(stack, erasure.runs, at);
        else await notifyLocally(flags.out, erasure.runs, at, flags, process.env);
      }
    });
}

function collectIds(text: string, earlier: string[] | undefined): string[] {
  if (!InteractionId.safeParse(text).success) {
    throw new InvalidArgumentError('It must be an interaction id: letters, digits and . _ : -');
  }
  return [...(earlier ?? []), text];
}

function render(
  { rows, interactions, parts, runs, versions, compacted, underWay, leftAlone }: Erasure,
  ids: readonly string[],
): string {
  const lines = [
    ...ids.map((id) => {
      const others = interactions.get(id);
      return `${id}: ${rows.get(id) ?? 0} rows erased${others ? `, of ${others.join(', ')}` : ''}`;
    }),
    `${parts} parts rewritten in ${runs.length} runs, ${versions} old versions deleted`,
    ...(compacted.length > 0 ? [`compacted again: ${compacted.join(', ')}`] : []),
    ...underWay.map((id) => `${id}: a run under way has it planned; erase it again when that run is over`),
    ...leftAlone.map(({ key, reason }) => `left alone, mend it and erase again: ${key} (${reason})`),
  ];
  return `${lines.join('\n')}\n`;
}
