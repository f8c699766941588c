/** What has to be true before a deployment, and what to do where it is not. Pure: what was found out comes in. */
import { z } from 'zod';
import type { StageConfig } from '../../infra/stage-config.ts';
import { CxoneCredentials } from '../../lambdas/shared/contracts/cxone-credentials.ts';
import { SigningKeys } from '../../lambdas/shared/delivery/signer.ts';

export interface Finding {
  check: string;
  /** `later`: nothing to do yet, or not before the first deployment. */
  state: 'ok' | 'fail' | 'later';
  detail: string;
  /** What to do where it is not ok. */
  advice?: string;
}

export interface Identity {
  account: string;
  arn: string;
}

/** What a call to AWS answered, or the name of the error with which it was refused. */
export type Answer<Value> = { value: Value } | { error: string };

/** Oldest version of the bootstrap stack that the synthesised stack deploys with. */
const BOOTSTRAP_VERSION = 6;

/**
 * Whether there are credentials, and of the account that the stage names.
 *
 * @example checkIdentity({ error: 'ExpiredToken' }, config).state // 'fail'
 */
export function checkIdentity(answer: Answer<Identity>, config: StageConfig): Finding {
  const check = 'credentials';
  if ('error' in answer) {
    return {
      check,
      state: 'fail',
      detail: `AWS refused them or there are none (${answer.error})`,
      advice: 'Sign in, for example with: aws sso login --profile NAME && export AWS_PROFILE=NAME',
    };
  }
  const { account, arn } = answer.value;
  if (config.account !== undefined && config.account !== account) {
    return {
      check,
      state: 'fail',
      detail: `They are for account ${account}, the stage ${config.stage} belongs to ${config.account}`,
      advice: 'Use the profile of that account, or correct "account" of the stage in cdk.json',
    };
  }
  return { check, state: 'ok', detail: arn };
}

/**
 * Whether the region is ready for the CDK.
 *
 * @param answer outputs of the stack CDKToolkit; undefined where there is none
 * @example checkBootstrap({ value: undefined }, config).state // 'fail'
 */
export function checkBootstrap(answer: Answer<Record<string, string> | undefined>, config: StageConfig): Finding {
  const check = 'bootstrap';
  const account = config.account ?? 'ACCOUNT';
  const advice = `npx cdk bootstrap aws://${account}/${config.region}`;
  if ('error' in answer) {
    const detail = `The stack CDKToolkit cannot be read (${answer.error})`;
    // A role that may only assume those of the CDK is enough to deploy; the CDK then looks for itself.
    if (/^AccessDenied/.test(answer.error))
      return { check, state: 'later', detail: `${detail}, so it was not checked` };
    return { check, state: 'fail', detail, advice: 'Try again: CloudFormation did not answer as it should' };
  }
  if (answer.value === undefined) {
    return { check, state: 'fail', detail: `${config.region} is not bootstrapped for CDK`, advice };
  }
  const version = Number(answer.value.BootstrapVersion ?? 0);
  if (version < BOOTSTRAP_VERSION) {
    return { check, state: 'fail', detail: `Version ${version} is too old, ${BOOTSTRAP_VERSION} is needed`, advice };
  }
  return { check, state: 'ok', detail: `version ${version}` };
}

/** Hosts that the examples use; nothing is behind them. */
const EXAMPLE_HOST = /(^|\.)example\.(com|org|net)$/;

/**
 * Whether the settings of the stage are its own and not those of the example.
 *
 * @example checkConfig({ ...config, webhookUrl: 'https://hooks.example.com/in' }).state // 'fail'
 */
export function checkConfig(config: StageConfig): Finding {
  const check = 'configuration';
  if (EXAMPLE_HOST.test(new URL(config.webhookUrl).hostname)) {
    return {
      check,
      state: 'fail',
      detail: 'webhookUrl is the one of the example',
      advice: `Set stages.${config.stage}.webhookUrl in cdk.json`,
    };
  }
  const schedule = config.schedule.enabled
    ? `${config.schedule.expression} ${config.schedule.timeZone}`
    : 'no schedule: runs are started by hand';
  return { check, state: 'ok', detail: `${config.region}, ${schedule}` };
}

/** A secret and how its value has to look. */
export interface SecretRule {
  check: string;
  form: string;
  schema: z.ZodType;
  /** A value with which the stack created the secret, to be replaced. */
  isPlaceholder(value: Record<string, unknown>): boolean;
}

/** The secret that Authenticate reads; the stack creates it with the placeholder. */
export const CXONE_SECRET: SecretRule = {
  check: 'CXone secret',
  form:
    '{"accessKeyId": "…", "accessKeySecret": "…"}, for a registered application with "clientId", "clientSecret" and ' +
    '"clientAuth" ("basic" or "body") beside them, or {"clientId": "…", "clientSecret": "…"} for bulk jobs',
  schema: CxoneCredentials,
  isPlaceholder: ({ clientId }) => clientId === 'fill-me-in',
};

/** The secret that DeliverTranscripts signs with; the stack creates it with a placeholder. */
export const WEBHOOK_SECRET: SecretRule = {
  check: 'webhook secret',
  form: '{"current": "whsec_…"}',
  schema: SigningKeys,
  isPlaceholder: ({ current }) => typeof current === 'string' && !current.startsWith('whsec_'),
};

/**
 * Whether a secret is filled in the form that its reader needs. No finding quotes it.
 *
 * @param answer its value; undefined before the first deployment
 * @example checkSecret(CXONE_SECRET, { value: '{' }).detail // 'It is not JSON'
 */
export function checkSecret(rule: SecretRule, answer: Answer<string | undefined>): Finding {
  const { check } = rule;
  const advice = `Fill it as docs/deploy.md says; it has to look like ${rule.form}`;
  if ('error' in answer) {
    return { check, state: 'later', detail: `It cannot be read (${answer.error}), so it was not checked` };
  }
  if (answer.value === undefined) {
    return { check, state: 'later', detail: 'The first deployment creates it', advice };
  }
  let value: unknown;
  try {
    value = JSON.parse(answer.value);
  } catch {
    return { check, state: 'fail', detail: 'It is not JSON', advice };
  }
  const record = z.record(z.string(), z.unknown()).safeParse(value);
  if (record.success && rule.isPlaceholder(record.data)) {
    return { check, state: 'later', detail: 'It is not filled yet', advice };
  }
  const parsed = rule.schema.safeParse(value);
  if (parsed.success) return { check, state: 'ok', detail: 'It has the right form' };
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'value'))];
  return { check, state: 'fail', detail: `Not right: ${fields.join(', ')}`, advice };
}

const MARKS = { ok: '✓', fail: '✗', later: '–' } as const;

/**
 * The findings as lines of text, each with advice where something is to be done.
 *
 * @example describeFindings([{ check: 'bootstrap', state: 'ok', detail: 'version 21' }]) // '✓ bootstrap       version 21'
 */
export function describeFindings(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ check, state, detail, advice }) => [
      `${MARKS[state]} ${check.padEnd(15)} ${detail}`,
      ...(advice === undefined || state === 'ok' ? [] : [`  ${''.padEnd(15)} → ${advice}`]),
    ])
    .join('\n');
}
