/** Builds the CDK app of one stage; shared by the deployment and by everything that runs the template locally. */
import { App, type AppProps } from 'aws-cdk-lib/core';
import { PipelineStack } from './pipeline-stack.ts';
import { parseStageConfig, type StageConfig } from './stage-config.ts';

export interface CreateAppOptions {
  /** Settings of the stage and feature flags, as in `cdk.json`. */
  context: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly goes. */
  outdir?: string | undefined;
  /** The folder with the handlers' bundles, where they are made already; the product's own are made otherwise. */
  bundles?: string | undefined;
  /**
   * Whether the template is held against CloudFormation's rules, which takes three seconds of a core: what is deployed is,
   * and a run on this machine does not wait for it.
   */
  isChecked?: boolean;
}

export interface PipelineApp {
  app: App;
  stack: PipelineStack;
  config: StageConfig;
}

/**
 * The CDK app of one stage, its stack, and the stage's settings.
 *
 * @throws StageConfigError when a setting is missing or wrong
 * @throws Error from esbuild when a handler does not bundle
 */
export function createApp(options: CreateAppOptions): PipelineApp {
  const props: AppProps = {
    context: { ...options.context },
    analyticsReporting: false,
    builtinCloudFormationValidation: options.isChecked ?? true,
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
  };
  const app = new App(props);
  // The CDK CLI adds its `--context` values to the app; they win over what was given here.
  const config = parseStageConfig(app.node.getAllContext());
  const stack = new PipelineStack(app, `CxoneTranscripts-${config.stage}`, {
    config,
    bundles: options.bundles,
    description: 'Extracts CXone transcripts, masks personal data, stores them in S3 and delivers them',
    env: { region: config.region, ...(config.account === undefined ? {} : { account: config.account }) },
    tags: { application: 'cxone-transcripts', stage: config.stage },
  });
  return { app, stack, config };
}
