import { once } from 'node:events';
import { type JsonValue, MaskOptions, maskJson, maskTranscript } from '@cxone-transcripts/masker';
import { Command } from 'commander';
import { linesOf } from '../../lambdas/shared/lines.ts';
import { describeIssues } from '../../lambdas/shared/validation.ts';
import { UsageError } from '../run/usage-error.ts';

/** `mask`: JSON Lines on stdin, the same documents masked on stdout, one line each and in order. */
export function maskCommand(): Command {
  return new Command('mask')
    .description('mask personal data in JSON Lines read from stdin')
    .option('--spans', 'answer {"value", "findings"} with the type and place of each finding')
    .option('--options <json>', 'masking options, for example {"regions":["US","GB"]}')
    .action(async (flags: { spans?: boolean; options?: string }) => {
      const options = parseOptions(flags.options ?? '{}');
      let lineNumber = 0;
      for await (const line of linesOf(process.stdin)) {
        lineNumber++;
        if (line.trim() === '') continue;
        let answer: string;
        try {
          // String.trim also takes a byte order mark away.
          answer = maskLine(line.trim(), flags.spans === true, options);
        } catch {
          process.stderr.write(`line ${lineNumber} is not a JSON value\n`);
          process.exitCode = 2;
          return;
        }
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
  const result = MaskOptions.safeParse(value);
  if (result.success) return result.data;
  throw new UsageError(`--options: ${describeIssues(result.error)}`);
}

/** One document in, one line of JSON out. */
function maskLine(line: string, spans: boolean, options: MaskOptions): string {
  const value = JSON.parse(line) as JsonValue;
  const { json } = maskJson(line, options);
  if (!spans) return json;
  return `{"value":${json},"findings":${JSON.stringify(maskTranscript(value, options).findings)}}`;
}
