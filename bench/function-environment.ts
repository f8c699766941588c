import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FUNCTION_NODE_OPTIONS } from '../infra/constructs/task-function.ts';
import { environmentOf } from '../infra/function-variables.ts';
import { parseStageConfig } from '../infra/stage-config.ts';
import type { TaskName } from '../infra/task-table.ts';

/**
 * What a function is told in a stage without settings of its own: the bucket `bench`, the secret `cxone`.
 *
 * @example benchEnvironment('StoreTranscripts', 'http://127.0.0.1:8080').CXONE_BASE_URL // 'http://127.0.0.1:8080'
 */
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

/** URLs of the stand-ins that a function talks to. */
export interface StandInUrls {
  cxone: string;
  s3: string;
  secretsManager: string;
}

/**
 * What a worker of this folder says in its last line, run once in a process that is set up like the function of the state.
 *
 * @param variables beside those of the function, such as `BENCH_INPUT`
 * @throws Error when the process fails, or its last line is not JSON
 */
export async function runWorker(
  worker: string,
  task: TaskName,
  { cxone, s3, secretsManager }: StandInUrls,
  variables: Readonly<Record<string, string>>,
): Promise<unknown> {
  const path = fileURLToPath(new URL(worker, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path], {
    env: {
      NODE_OPTIONS: FUNCTION_NODE_OPTIONS,
      ...benchEnvironment(task, cxone),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_S3: s3,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
      POWERTOOLS_LOG_LEVEL: 'ERROR',
      ...variables,
    },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
}
