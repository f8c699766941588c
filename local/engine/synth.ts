/** Synthesises the stack in this process and reads back what the engine runs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../infra/create-app.ts';
import type { JsonObject } from './json.ts';
import { type ResolvedTemplate, resolveTemplate } from './resolve-template.ts';

export interface SynthesiseOptions {
  /** Settings over those of the `dev` stage in `cdk.json`, such as `{ batchSize: 20 }`. */
  settings?: Record<string, unknown>;
  /** Where the handlers' folders are; the product's own by default. */
  handlersDir?: string;
}

/** A synthesised stack: what it runs, and the names of what it runs on. */
export interface Assembly extends ResolvedTemplate {
  stackName: string;
  region: string;
  /** Removes the bundles; after that no execution can be started. */
  dispose(): void;
}

const CDK_JSON = new URL('../../cdk.json', import.meta.url);

/** Checks against CloudFormation's rules belong to the deployment; a local run does not wait for them. */
const FAST_SYNTH = { '@aws-cdk/core:validateAgainstDefaultRules': false };

function findCodeDir(assemblyDir: string): (s3Key: string) => string {
  return (s3Key) => join(assemblyDir, `asset.${s3Key.replace(/\.zip$/, '')}`);
}

/**
 * Synthesises with the context of the `dev` stage: no credentials, no network, about two seconds.
 *
 * @throws StageConfigError on a wrong setting
 */
export async function synthesise(options: SynthesiseOptions = {}): Promise<Assembly> {
  const { context } = JSON.parse(readFileSync(CDK_JSON, 'utf8')) as { context: Record<string, unknown> };
  const directory = mkdtempSync(join(tmpdir(), 'cxone-transcripts-'));
  const dispose = () => rmSync(directory, { recursive: true, force: true });
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
