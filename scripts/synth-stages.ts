/**
 * `npm run synth:stages`: synthesises every stage of `cdk.json` as `npm run synth` does, with cdk-nag and CloudFormation's
 * own rules. Fails on a finding, and on a warning too.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { takeNoArguments } from './arguments.ts';

takeNoArguments('synth:stages');

const APP = fileURLToPath(new URL('../infra/app.ts', import.meta.url));

const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
  context: { stages: Record<string, unknown> };
};

for (const stage of Object.keys(context.stages)) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [APP, '--context', `stage=${stage}`], {
    encoding: 'utf8',
  });
  const isClean = status === 0 && stderr.trim() === '';
  console.log(`${isClean ? '✓' : '✗'} ${stage}`);
  if (isClean) continue;
  process.stdout.write(stdout + stderr);
  process.exitCode = 1;
}
