/**
 * The CDK app. `node infra/app.ts [--context stage=prod]…` writes the template to cdk.out without credentials, network
 * or CLI; the CDK CLI runs the same file through cdk.json.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
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

interface ValidationReport {
  pluginReports?: { violations?: { ruleName: string; description: string; violatingConstructs?: object[] }[] }[];
}

/** A synth in this process reports findings only in this file. */
function readFindings(directory: string): string[] {
  const path = ['validation-report.json', 'policy-validation-report.json']
    .map((name) => join(directory, name))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) return [];
  const report = JSON.parse(readFileSync(path, 'utf8')) as ValidationReport;
  return (report.pluginReports ?? []).flatMap((plugin) =>
    (plugin.violations ?? []).map(({ ruleName, description }) => `${ruleName}: ${description}`),
  );
}

function main(): void {
  const { app } = createApp({
    context: { ...readProjectContext(), ...readArguments() },
    outdir: process.env.CDK_OUTDIR ?? join(PROJECT, 'cdk.out'),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const { directory } = app.synth();
  for (const finding of readFindings(directory)) console.error(finding);
  if (process.env.CDK_OUTDIR === undefined) console.log(`Template written to ${directory}`);
}

main();
