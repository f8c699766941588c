import { once } from 'node:events';
import {
  createMasker,
  type ExplainedFinding,
  type Finding,
  type Masker,
  type MaskOptions,
  needsEntities,
} from '@cxone-transcripts/masker';
import { Command } from 'commander';
import { MaskingSettings } from '../../infra/masking-settings.ts';
import { describeIssues } from '../../lambdas/shared/contracts/validation.ts';
import { readLexicon } from '../../lambdas/shared/lib/names-lexicon.ts';
import { linesOf } from '../../lambdas/shared/storage/lines.ts';
import { letReadersLeave } from '../process/interruption.ts';
import { UsageError } from '../process/usage-error.ts';

interface MaskFlags {
  text?: boolean;
  spans?: boolean;
  explain?: boolean;
  options?: string;
}

/** `mask`: JSON Lines on stdin, the same documents masked on stdout, one line each and in order. */
export function maskCommand(): Command {
  return new Command('mask')
    .description('mask personal data in JSON Lines, or lines of text, read from stdin')
    .option('--text', 'each line is plain text, not JSON')
    .option('--spans', 'answer {"value", "findings"} with the type and place of each finding')
    .option(
      '--explain',
      'like --spans, with the reason of each finding: its rule, score and the phrase that announces it',
    )
    .option('--options <json>', 'masking options, for example {"regions":["US","GB"]}')
    .addHelpText(
      'after',
      `
Exit code: 0 masked, 2 bad usage or input.

Examples:
  echo 'my ssn is 078-05-1120' | npm run -s transcripts -- mask --text
  npm run -s transcripts -- mask --spans < documents.jsonl`,
    )
    .action(async (flags: MaskFlags) => {
      letReadersLeave();
      const masker = createMasker(parseOptions(flags.options ?? '{}'), readLexicon());
      if (process.stdin.isTTY) process.stderr.write('reading lines to mask from the terminal; Ctrl-D ends them\n');
      let lineNumber = 0;
      for await (const line of linesOf(process.stdin)) {
        lineNumber++;
        if (line.trim() === '' && !flags.text) continue;
        const answer = flags.text ? maskTextLine(line, flags, masker) : maskJsonLine(line, lineNumber, flags, masker);
        if (!process.stdout.write(`${answer}\n`)) await once(process.stdout, 'drain');
      }
    });
}

/** @throws UsageError naming every option at fault */
function parseOptions(text: string): MaskOptions {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError('--options: not JSON');
  }
  const result = MaskingSettings.safeParse(value);
  if (!result.success) throw new UsageError(`--options: ${describeIssues(result.error)}`);
  if (needsEntities(result.data))
    throw new UsageError(
      '--options: comprehend: Amazon Comprehend is asked in AWS only; names and addresses are found without it',
    );
  return result.data;
}

/** @throws UsageError naming the line, never its content */
function maskJsonLine(line: string, lineNumber: number, { spans, explain }: MaskFlags, masker: Masker): string {
  // String.trim also takes a byte order mark away.
  const text = line.trim();
  try {
    if (!spans && !explain) return masker.maskJson(text).json;
    const { json, findings } = masker.explainJson(text);
    return `{"value":${json},"findings":${JSON.stringify(explain ? findings : findings.map(withoutReason))}}`;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`line ${lineNumber} is not a JSON value; --text takes plain text`);
  }
}

function maskTextLine(line: string, { spans, explain }: MaskFlags, masker: Masker): string {
  const { json, findings } = masker.explainJson(JSON.stringify(line));
  const value = JSON.parse(json) as string;
  if (explain) return JSON.stringify({ value, findings });
  return spans ? JSON.stringify({ value, findings: findings.map(withoutReason) }) : value;
}

function withoutReason({ reason: _, ...finding }: ExplainedFinding): Finding {
  return finding;
}
