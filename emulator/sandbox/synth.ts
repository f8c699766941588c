/** Synthesises the stack in this process and reads back what the engine runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../infra/create-app.ts';
import type { Assembly } from '../engine/assembly.ts';
import type { JsonObject } from '../engine/json.ts';
import { resolveTemplate } from '../engine/resolve-template.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const CDK_JSON = new URL('../../cdk.json', import.meta.url);

/** The engine runs the bundles where they are. */
const WITHOUT_COPIES = { 'aws:cdk:disable-asset-staging': true };

/** What the CDK writes beside a template: where the files are that go with it. */
interface AssetManifest {
  files: Record<string, { source: { path: string } }>;
}

/**
 * The stack with the context of the `dev` stage: no credentials, no network, about a second of one core.
 *
 * @param settings over those of the stage, such as `{ batchSize: 20 }`
 * @param bundles the folder with the handlers' bundles
 * @throws StageConfigError on a wrong setting
 * @example synthesise({}, bundleHandlers(HANDLERS_DIR, folders)).stackName // 'CxoneTranscripts-dev'
 */
export function synthesise(settings: Record<string, unknown>, bundles: string): Assembly {
  const { context } = JSON.parse(readFileSync(CDK_JSON, 'utf8')) as { context: Record<string, unknown> };
  const { path: outdir, remove } = temporaryFolder('cdk-out-');
  try {
    const { app, stack, config } = createApp({
      context: { ...context, ...WITHOUT_COPIES, ...settings },
      outdir,
      bundles,
      isChecked: false,
    });
    const { template } = app.synth().getStackByName(stack.stackName) as { template: JsonObject };
    const { stackName } = stack;
    const { region } = config;
    const { files } = JSON.parse(readFileSync(join(outdir, `${stackName}.assets.json`), 'utf8')) as AssetManifest;
    const findCodeDir = (s3Key: string) => files[s3Key.replace(/\.zip$/, '')]?.source.path ?? '';
    return { ...resolveTemplate(template, { stackName, region, findCodeDir }), stackName, region };
  } finally {
    remove();
  }
}
