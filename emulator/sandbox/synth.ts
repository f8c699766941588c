/** Synthesises the stack in this process and reads back what the engine runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../infra/create-app.ts';
import type { Assembly, SynthesiseOptions } from '../engine/assembly.ts';
import type { JsonObject } from '../engine/json.ts';
import { resolveTemplate } from '../engine/resolve-template.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export type { Assembly, SynthesiseOptions } from '../engine/assembly.ts';

const CDK_JSON = new URL('../../cdk.json', import.meta.url);

/** Checks against CloudFormation's rules belong to the deployment; a local run does not wait for them. */
const FAST_SYNTH = { '@aws-cdk/core:validateAgainstDefaultRules': false };

function findCodeDir(assemblyDir: string): (s3Key: string) => string {
  return (s3Key) => join(assemblyDir, `asset.${s3Key.replace(/\.zip$/, '')}`);
}

/**
 * The stack, synthesised with the context of the `dev` stage: no credentials, no network, about five seconds of one core.
 *
 * @throws StageConfigError on a wrong setting
 * @example (await synthesise()).stackName // 'CxoneTranscripts-dev'
 */
export async function synthesise(options: SynthesiseOptions = {}): Promise<Assembly> {
  const { context } = JSON.parse(readFileSync(CDK_JSON, 'utf8')) as { context: Record<string, unknown> };
  const { path: directory, remove: dispose } =
    options.outdir === undefined ? temporaryFolder('cxone-transcripts-') : { path: options.outdir, remove: () => {} };
  try {
    const { app, stack, config } = createApp({
      context: { ...context, ...FAST_SYNTH, ...options.settings },
      outdir: directory,
      handlersDir: options.handlersDir,
    });
    const { template } = app.synth().getStackByName(stack.stackName) as { template: JsonObject };
    const { stackName } = stack;
    const { region } = config;
    return {
      ...resolveTemplate(template, { stackName, region, findCodeDir: findCodeDir(directory) }),
      stackName,
      region,
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}
