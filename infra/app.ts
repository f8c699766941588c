/**
 * The CDK app. `npm run synth -- [--context stage=prod]…` writes the template to cdk.out without credentials, network
 * or CLI; the CDK CLI runs the same file through cdk.json.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { createApp } from './create-app.ts';
import { StageConfigError } from './stage-config.ts';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..');

function readProjectContext(): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  return context;
}

/** `--context name=value` of this command line; under the CDK CLI they come through its environment instead. */
function readArguments(): Record<string, string> {
  const { values } = parseArgs({ options: { context: { type: 'string', short: 'c', multiple: true } } });
  return Object.fromEntries(
    (values.context ?? []).map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new StageConfigError('--context takes name=value');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** Mistakes that a user can mend: their message says it all, a stack trace would only hide it. */
function isUserMistake(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const isBundling = 'errors' in error;
  const isArguments = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  // The CDK has printed the findings by then.
  const isValidation = error.name === 'ValidationFailed' || error.message.includes('Validation failed');
  return error instanceof StageConfigError || isBundling || isArguments || isValidation;
}

try {
  const isUnderCli = process.env.CDK_OUTDIR !== undefined;
  const { app } = createApp({
    context: { ...readProjectContext(), ...(isUnderCli ? {} : readArguments()) },
    outdir: process.env.CDK_OUTDIR ?? join(PROJECT, 'cdk.out'),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  const { directory } = app.synth();
  if (!isUnderCli) console.log(`Template written to ${directory}`);
} catch (error) {
  if (!isUserMistake(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
