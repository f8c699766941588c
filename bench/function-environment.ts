import { environmentOf } from '../infra/function-variables.ts';
import { parseStageConfig } from '../infra/stage-config.ts';
import type { TaskName } from '../infra/task-table.ts';

/** What a function is told in a stage without settings of its own: the bucket `bench`, the secret `cxone`. */
export function benchEnvironment(task: TaskName, cxoneBaseUrl: string): Record<string, string> {
  const stage = {
    stage: 'bench',
    region: 'us-east-1',
    source: 'bulk-job',
    cxoneBaseUrl,
    webhookUrl: 'https://lake.example.com/in',
  };
  return environmentOf(task, parseStageConfig(stage), {
    bucketName: 'bench',
    cxoneSecretId: 'cxone',
    webhookSecretId: 'webhook',
    surrogateSecretId: undefined,
  });
}
