import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../../infra/function-variables.ts';
import { parseStageConfig } from '../../../../infra/stage-config.ts';
import { planSettings } from '../../../../lambdas/plan-extraction/plan-config.ts';
import { batchTransitions, parentTransitions } from '../../../../lambdas/shared/contracts/state-transitions.ts';
import { readConfig } from '../../../../lambdas/shared/task/config/read-config.ts';
import { TASK_CONFIG } from '../../../../lambdas/shared/task/config/task-config.ts';

const RESOURCES = {
  bucketName: 'a-bucket',
  cxoneSecretId: 'cxone',
  webhookSecretId: 'webhook',
  surrogateSecretId: undefined,
};

function settingsOf(stage: Record<string, unknown>) {
  const config = parseStageConfig({
    region: 'us-east-1',
    cxoneBaseUrl: 'https://cxone.example.com',
    webhookUrl: 'https://lake.example.com/in',
    ...stage,
  });
  return planSettings(readConfig(TASK_CONFIG.PlanExtraction, environmentOf('PlanExtraction', config, RESOURCES)));
}

describe('planSettings', () => {
  it.each([
    ['bulk-job', undefined, 100],
    ['interaction-analytics', undefined, 1_000],
    ['digital-engagement', undefined, 1_000],
    ['interaction-analytics', 250, 250],
    ['bulk-job', 1_000, 1_000],
  ])('make batches of %s, with a batch size of %s in the stage, %i large', (source, batchSize, expected) => {
    expect(settingsOf({ source, ...(batchSize !== undefined && { batchSize }) }).batchSize).toBe(expected);
  });

  it.each(['interaction-analytics', 'digital-engagement'])('take %s for at most 0.08 transitions each', (source) => {
    const { batchSize } = settingsOf({ source });
    // Ten thousand are what a usual day has; some batches take a second pass.
    const perBatch = batchTransitions(0, 1, 2);
    const transitions = parentTransitions(2) + (10_000 / batchSize) * perBatch;
    expect(transitions / 10_000).toBeLessThanOrEqual(0.08);
  });
});
