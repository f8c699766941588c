/** The environment of a function's process: what the template gives and what Lambda documents, nothing of the user's. */
import { dirname } from 'node:path';
import type { FunctionSpec } from './resolve-template.ts';

/** Variables that point the AWS SDK at stand-ins, and values that replace those of the template. */
export type EnvironmentOverrides = Readonly<Record<string, string>>;

/**
 * The environment variables of one process.
 *
 * Names that start with `AWS_` are added everywhere; any other name replaces a variable that the template gives, so a
 * function cannot come to see a variable locally that it would not have in the cloud.
 *
 * @param scratchDir where `os.tmpdir()` points, as `/tmp` is a function's own in the cloud
 */
export function buildEnvironment(
  spec: FunctionSpec,
  region: string,
  overrides: EnvironmentOverrides,
  scratchDir: string,
): Record<string, string> {
  const replaced = Object.entries(overrides).filter(([name]) => name.startsWith('AWS_') || name in spec.environment);
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // Tells the stand-ins who calls: as in the cloud, every function has credentials of its own.
    AWS_ACCESS_KEY_ID: spec.name,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMB),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    // A profile of the user's must not redirect a local run to a real account.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    LAMBDA_TASK_ROOT: spec.codeDir,
    LAMBDA_RUNTIME_DIR: dirname(process.execPath),
    _HANDLER: spec.handler,
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TMPDIR: scratchDir,
    ...spec.environment,
    ...Object.fromEntries(replaced),
  };
}

/**
 * Names among the overrides that no function has: most likely a typing error.
 *
 * @example unknownOverrides(functions, { LOG_LEVL: 'DEBUG', AWS_REGION: 'eu-west-1' }) // ['LOG_LEVL']
 */
export function unknownOverrides(functions: readonly FunctionSpec[], overrides: EnvironmentOverrides): string[] {
  const known = new Set(functions.flatMap((spec) => Object.keys(spec.environment)));
  return Object.keys(overrides).filter((name) => !name.startsWith('AWS_') && !known.has(name));
}
