import type { MaskOptions } from '@cxone-transcripts/masker';
import { Command, InvalidArgumentError } from 'commander';
import { MaskingSettings } from '../../infra/masking-settings.ts';
import { describeIssues } from '../../lambdas/shared/contracts/validation.ts';
import { type Lake, openLake } from '../lake/open-lake.ts';
import { deleteOrphans, whyNotToDelete } from '../lake/verification/delete-orphans.ts';
import { PROBLEM_MEANING } from '../lake/verification/problem.ts';
import { type Verification, verifyLake } from '../lake/verification/verify-lake.ts';
import { confirmDeletion } from '../process/confirm-deletion.ts';
import { plural } from '../terminal/plural.ts';
import { whileWaiting } from '../terminal/waiting.ts';
import { path } from './arguments.ts';

const SHOWN_PROBLEMS = 50;

interface VerifyFlags {
  json?: boolean;
  masking?: MaskOptions;
  deleteOrphans?: boolean;
  yes?: boolean;
}

/** `verify`: every manifest, every object it lists, and whatever is beside them. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('check a data lake against its manifests: checksums, counts, rows, orphans, personal data')
    .argument('[lake]', 'directory of `run --out`, or s3://bucket', path, 'out')
    .option('--json', 'print one JSON object with every problem')
    .option('--masking <json>', "the stage's masking options, so that what it leaves is no leak", parseMasking)
    .option('--delete-orphans', 'delete parts that no manifest lists, and none will; shows them, and asks')
    .option('--yes', 'delete them without asking')
    .addHelpText(
      'after',
      `
An orphan is a part older than a day whose run has a manifest that was read whole and does not list it, or has left no
record at all. Nothing is deleted while a record cannot be read, or while one contradicts itself.

Exit code: 0 nothing is wrong, 1 something is, 2 bad usage.

Examples:
  npm run -s transcripts -- verify out
  npm run -s transcripts -- verify s3://my-data-lake --json`,
    )
    .action(async (where: string, flags: VerifyFlags) => {
      const lake = await openLake(where);
      try {
        const result = await whileWaiting('reading the manifests', ({ progress }) =>
          verifyLake(lake, {
            ...(flags.masking && { masking: flags.masking }),
            onProgress: ({ parts, of }) => progress(`checking, ${parts} of ${plural(of, 'part')}`),
          }),
        );
        process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : render(result, lake.name));
        process.exitCode = result.problems.length > 0 ? 1 : 0;
        if (flags.deleteOrphans) await deleteFound(lake, result, flags.yes);
      } finally {
        await lake.close();
      }
    });
}

async function deleteFound(lake: Lake, { problems }: Verification, yes: boolean | undefined): Promise<void> {
  const orphans = problems.filter(({ code }) => code === 'orphan').map(({ key }) => key);
  if (orphans.length === 0) return;
  const [reason] = whyNotToDelete(problems);
  if (reason) {
    process.stderr.write(`No orphan was deleted: first mend ${reason.key} (${reason.detail})\n`);
    return;
  }
  const question = `Delete ${orphans.length === 1 ? 'this part' : `these ${orphans.length} parts`} of ${lake.name}?`;
  if (!(await confirmDeletion({ items: orphans, question, yes }))) {
    process.stderr.write('Nothing was deleted\n');
    return;
  }
  const { deleted, left, stoppedBy } = await deleteOrphans(lake, orphans, Date.now());
  if (stoppedBy) process.stderr.write(`Stopped, first mend ${stoppedBy.message}\n`);
  process.stderr.write(`${deleted} orphans deleted${left > 0 ? `, ${left} left` : ''}\n`);
}

function parseMasking(text: string): MaskOptions {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('It must be a JSON object with masking options.');
  }
  const result = MaskingSettings.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidArgumentError(`It has faults: ${describeIssues(result.error)}.`);
}

function render(
  { runs, openRuns, parts, rows, bytes, repeated, staleDays, expired, kept, problems }: Verification,
  name: string,
): string {
  const lines = [
    `${name}: ${plural(runs, 'run')}, ${plural(parts, 'part')}, ${plural(rows, 'row')}, ${(bytes / 1e6).toFixed(1)} MB`,
    ...(openRuns.length > 0 ? [`  still open: ${openRuns.join(', ')}`] : []),
    ...(repeated > 0 ? [`  ${repeated} transcripts are there more than once, since they were asked for again`] : []),
    ...(staleDays.length > 0 ? [`  to compact again, their parts have changed: ${staleDays.join(', ')}`] : []),
    ...(expired > 0 ? [`  ${expired} listed objects are gone, since the bucket keeps them no longer`] : []),
    ...(kept > 0
      ? [`  ${kept} parts are not listed yet: their runs are not recorded, or they are of the last day`]
      : []),
    ...problems.slice(0, SHOWN_PROBLEMS).map(({ code, key, detail }) => `  ${code}: ${key} (${detail})`),
    ...(problems.length > SHOWN_PROBLEMS ? [`  and ${problems.length - SHOWN_PROBLEMS} more; --json lists all`] : []),
    ...[...new Set(problems.map(({ code }) => code))].map((code) => `${code}: ${PROBLEM_MEANING[code]}`),
    problems.length === 0 ? 'Nothing is wrong.' : `${problems.length} problems.`,
  ];
  return `${lines.join('\n')}\n`;
}
