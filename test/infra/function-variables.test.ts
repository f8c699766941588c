/** What a function is told, what the template sets and what a stage may choose are held to one list. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../infra/function-variables.ts';
import { parseStageConfig } from '../../infra/stage-config.ts';
import { handlerFolder, TASK_NAMES } from '../../infra/task-table.ts';
import { readConfig } from '../../lambdas/shared/task/config/read-config.ts';
import { TASK_CONFIG, variablesOf } from '../../lambdas/shared/task/config/task-config.ts';
import { readContext, synthesiseTemplate } from './template.ts';

/** What Node and Powertools read; no handler does. */
const OF_LIBRARIES = ['NODE_OPTIONS', 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_SERVICE_NAME'];
const LAMBDAS = fileURLToPath(new URL('../../lambdas', import.meta.url));
const RESOURCES = {
  bucketName: 'lake',
  cxoneSecretId: 'cxone',
  webhookSecretId: 'webhook',
  surrogateSecretId: undefined,
};

const template = synthesiseTemplate({ surrogates: 'true' });
const functions = new Map(
  template.ofType('AWS::Lambda::Function').map(([, { Properties }]) => {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    return [Variables.POWERTOOLS_SERVICE_NAME, Variables];
  }),
);

describe.each(TASK_NAMES)('the function of %s', (task) => {
  const variables = functions.get(handlerFolder(task)) ?? {};

  it('is given the variables of its schema, and those of its libraries', () => {
    expect(Object.keys(variables).sort()).toEqual([...OF_LIBRARIES, ...variablesOf(task)].sort());
  });

  it('does not start without one of them', () => {
    const environment = environmentOf(task, parseStageConfig(readContext()), RESOURCES);
    for (const name of variablesOf(task)) {
      const { [name]: _, ...others } = environment;
      expect(() => readConfig(TASK_CONFIG[task], others)).toThrow(
        expect.objectContaining({ name: 'ConfigInvalid', message: expect.stringContaining(`${name}: `) }),
      );
    }
  });
});

describe('handlers', () => {
  it('read nothing of the environment but that, and what Lambda itself says', () => {
    const read = readdirSync(LAMBDAS, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && path !== join('shared', 'task', 'config', 'read-config.ts'))
      .flatMap((path) => readFileSync(join(LAMBDAS, path), 'utf8').match(/process\.env\S*/g) ?? []);
    expect(new Set(read)).toEqual(new Set(['process.env.AWS_LAMBDA_FUNCTION_VERSION']));
  });
});

/** A lease has to outlast a silent batch, so the two go together. */
const COMPANIONS: Readonly<Record<string, object>> = {
  runLeaseHours: { jobDeadlineSeconds: 60 },
  jobDeadlineSeconds: { runLeaseHours: 336 },
};

describe('the settings of a stage', () => {
  it.each([
    ['webhookConcurrency', 1, 100],
    ['webhookMaxEventBytes', 4_096, 16_777_216],
    ['webhookGiveUpSeconds', 60, 2_592_000],
    ['batchSize', 1, 1_000],
    ['concurrency', 1, 1_000],
    ['maxInteractions', 1, 1_000_000],
    ['lookBackHours', 0, 2_160],
    ['recheckAfterDays', 0, 366],
    ['vendorRetentionDays', 0, 36_500],
    ['settleMinutes', 0, 1_440],
    ['maxAttempts', 1, 100],
    ['runLeaseHours', 1, 336],
    ['toleratedFailurePercentage', 0, 100],
    ['pollFirstWaitSeconds', 1, 3_600],
    ['pollLongestWaitSeconds', 1, 3_600],
    ['jobDeadlineSeconds', 60, 86_400],
    ['maxResultBytes', 1_000_000, 10_000_000_000],
  ])('%s go from %i to %i, and the functions take all of them', (setting, least, most) => {
    const stage = (value: number) => parseStageConfig({ ...readContext(), ...COMPANIONS[setting], [setting]: value });
    for (const refused of [least - 1, most + 1]) expect(() => stage(refused)).toThrow(setting);
    for (const value of [least, most]) {
      for (const task of TASK_NAMES) readConfig(TASK_CONFIG[task], environmentOf(task, stage(value), RESOURCES));
    }
  });
});
