/** What a deployment may choose: one schema over the CDK context, every fault listed at once. */
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { z } from 'zod';
import { closestWord } from '../lambdas/shared/contracts/closest-word.ts';
import { SOURCE_NAMES } from '../lambdas/shared/contracts/source-name.ts';
import { AllowedNetworks } from '../lambdas/shared/delivery/settings.ts';
import { ownValue } from '../lambdas/shared/lib/own-value.ts';
import { MOST_REQUESTS_PER_SECOND } from '../lambdas/shared/lib/pacing/pacer.ts';
import { secureUrl } from '../lambdas/shared/lib/secure-url.ts';
import { longestSilenceSeconds } from '../lambdas/shared/vendor/job-timing.ts';
import { AllowedHosts, ResultOrigins, VENDOR_DOMAINS, VendorPaths } from '../lambdas/shared/vendor/settings.ts';
import { MaskingSettings } from './masking-settings.ts';
import { StageConfigError } from './stage-config-error.ts';

export { StageConfigError } from './stage-config-error.ts';

/** Days that CloudWatch Logs accepts as a retention (PutRetentionPolicy API reference). */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The regions that the CDK of this version knows. */
const REGIONS = RegionInfo.regions.map(({ name }) => name);

function isRegion(name: string): boolean {
  return REGIONS.includes(name);
}

function regionAdvice(typed: string): string {
  const meant = closestWord(typed, REGIONS);
  return `must be an AWS region such as us-east-1${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** Whole number in a range; a string counts too, since `--context batchSize=50` gives one. */
const wholeNumber = (minimum: number, maximum: number) => {
  const allowed = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .union([z.number(), z.string().regex(/^\d{1,15}$/, allowed)], { error: allowed })
    .transform(Number)
    .refine((value) => Number.isInteger(value) && value >= minimum && value <= maximum, allowed);
};

const truth = z
  .union([z.boolean(), z.enum(['true', 'false'])], { error: 'must be true or false' })
  .transform((value) => value === true || value === 'true');

/** An object, or its JSON text, since `--context masking='{…}'` gives one. */
const objectOrJson = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .unknown()
    .transform((value, context) => {
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'must be an object or its JSON text' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const Schedule = z.strictObject({
  /** EventBridge Scheduler expression, read in `timeZone`. */
  expression: z
    .string()
    .regex(/^(rate\(\d+ (minutes?|hours?|days?)\)|cron\(\S+( \S+){5}\))$/, 'must be rate(…) or a six-field cron(…)')
    .default('cron(0 3 * * ? *)'),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone such as America/New_York').default('UTC'),
  enabled: truth.optional(),
});

const Vpc = z.strictObject({
  vpcId: z.string().regex(/^vpc-[0-9a-f]{8,17}$/, 'must be the id of a VPC'),
  subnetIds: z
    .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'must be the id of a subnet'))
    .min(2, 'must name two subnets at least, in different zones')
    .max(16),
});

/** Said to whoever has not chosen, or has chosen what there is not. */
const SOURCE_CHOICES = [
  'must name where transcripts come from: interaction-analytics (the usual choice: voice, chat, e-mail and digital,',
  'with Interaction Analytics in the tenant), digital-engagement (the messages of digital contacts, word for word) or',
  'bulk-job (a service in front of the tenant that offers bulk transcript jobs)',
].join(' ');

/** Settings of one stage, as they come from `cdk.json` or `--context name=value`. */
export const StageConfig = z
  .strictObject({
    stage: z
      .string({ error: 'is required: the name of the stage, such as dev or prod' })
      .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be 1 to 20 lower-case letters, digits or - and start with a letter'),
    region: z.string().refine(isRegion, { error: ({ input }) => regionAdvice(String(input)) }),
    account: z
      .string()
      .regex(/^\d{12}$/, 'must be a 12-digit AWS account id')
      .optional(),
    /** Where transcripts come from: no default, since what a tenant offers is not to be guessed. */
    source: z.enum(SOURCE_NAMES, { error: SOURCE_CHOICES }),
    /** Where one signs in: CXone's issuer, such as `https://cxone.niceincontact.com`, or the base of the API. */
    cxoneBaseUrl: secureUrl,
    /** Base of the tenant's API; found by way of the issuer when left out. */
    cxoneApiUrl: secureUrl.optional(),
    /** Domains that the issuer may name as the tenant's API; no token goes anywhere else. */
    cxoneAllowedHosts: objectOrJson(AllowedHosts).prefault(VENDOR_DOMAINS),
    cxonePaths: objectOrJson(VendorPaths).prefault({}),
    /** Origins besides CXone's own that job results may be read from. */
    cxoneResultOrigins: objectOrJson(ResultOrigins).prefault([]),
    /**
     * Requests to the source's API in a second, of all runs together. CXone names no limit; clients settled on eight at a
     * time, which are no more than this where an answer takes 40 ms.
     */
    vendorRequestsPerSecond: wholeNumber(1, MOST_REQUESTS_PER_SECOND).prefault(200),
    webhookUrl: secureUrl,
    /** Requests to the webhook at the same time, for each batch that is being delivered. */
    webhookConcurrency: wholeNumber(1, 100).prefault(10),
    /** Networks that the webhook may be in although they are not public, such as `["10.0.0.0/8"]`. */
    webhookAllowedNetworks: objectOrJson(AllowedNetworks).prefault([]),
    /** Larger events are sent without the transcript: they say where it is. */
    webhookMaxEventBytes: wholeNumber(4_096, 16_777_216).prefault(262_144),
    /** How long the webhook may take nothing before what is pending is parked: a weekend. */
    webhookGiveUpSeconds: wholeNumber(60, 2_592_000).prefault(259_200),
    schedule: objectOrJson(Schedule).prefault({}),
    /** Interactions in a batch; what suits the source when left out, see `SOURCE_FACTS`. */
    batchSize: wholeNumber(1, 1000).optional(),
    /** Vendor jobs at the same time. */
    concurrency: wholeNumber(1, 1000).prefault(10),
    /** Calls with a block for each word and its time, from Interaction Analytics; an event may say otherwise. */
    wordLevel: truth.prefault(false),
    /**
     * What one run takes of what is new, whole days aside; a schedule goes on with its next run, a window by itself. A
     * million are two days' work.
     */
    maxInteractions: wholeNumber(1, 1_000_000).prefault(1_000_000),
    /** Where the schedule begins, as `2026-11-01T00:00:00Z`; a look-back before its first run when left out. */
    watermarkStart: z.iso.datetime({ offset: true, error: 'must be a time with its zone' }).optional(),
    /** How far a scheduled run looks back for transcripts that came late. */
    lookBackHours: wholeNumber(0, 2_160).prefault(72),
    /**
     * Days that the vendor keeps transcripts: a window that goes back further says so. 0 is not known, since no source says it;
     * `probe` shows the oldest that is left.
     */
    vendorRetentionDays: wholeNumber(0, 36_500).prefault(0),
    /** How long an interaction is left alone after its start. */
    settleMinutes: wholeNumber(0, 1_440).prefault(60),
    /** After so many days transcripts are fetched once more, for a newer version; 0 is never. */
    recheckAfterDays: wholeNumber(0, 366).prefault(0),
    /** Runs that try an interaction whose own transcript is at fault or not there, before it is given up. */
    maxAttempts: wholeNumber(1, 100).prefault(5),
    /** Without a sign of life for this long a run counts as dead, and the next one takes over what it had left. */
    runLeaseHours: wholeNumber(1, 336).prefault(24),
    /** Share of failed batches above which a run stops early; three may fail in any run. */
    toleratedFailurePercentage: wholeNumber(0, 100).prefault(10),
    /** Before a vendor job is asked for the first time; the waits grow by half. */
    pollFirstWaitSeconds: wholeNumber(1, 3_600).prefault(2),
    /** The wait between two polls grows to this and no further. */
    pollLongestWaitSeconds: wholeNumber(1, 3_600).prefault(60),
    /** How long a vendor job may take before it counts as overdue. */
    jobDeadlineSeconds: wholeNumber(60, 86_400).prefault(7_200),
    /** Limit of one job result, decompressed. */
    maxResultBytes: wholeNumber(1_000_000, 10_000_000_000).prefault(4_294_967_296),
    masking: objectOrJson(MaskingSettings).prefault({}),
    /** Masked values get a token that is the same for the same value, so that they can be joined. */
    surrogates: truth.prefault(false),
    /** Days that transcripts and the records of runs are kept. */
    retentionDays: wholeNumber(1, 36_500).prefault(730),
    /** Days that the audit trail is kept; seven years is what most audits ask for. */
    auditRetentionDays: wholeNumber(1, 36_500).prefault(2_557),
    logRetentionDays: wholeNumber(1, 3_653)
      .refine((days) => LOG_RETENTION_DAYS.includes(days), `must be one of ${LOG_RETENTION_DAYS.join(', ')}`)
      .prefault(90),
    /** Gets the alarms by mail; AWS asks it to confirm. */
    alarmEmail: z.email('must be a mail address').optional(),
    /** A run has to succeed within this many hours: one a day, and two hours of slack. CloudWatch looks back a week. */
    expectedRunHours: wholeNumber(2, 168).prefault(26),
    /** Age of the newest data at which an alarm goes off. */
    freshnessHours: wholeNumber(1, 8_760).prefault(36),
    /** First day of the data, as `2025-01-01`: queries see no earlier one, and one that names no day lists each since. */
    dataSince: z.iso
      .date({ error: 'must be a day such as 2025-01-01' })
      .refine((day) => Date.parse(day) <= Date.now(), 'must not be in the future')
      .prefault('2025-01-01'),
    /** A query of the data that would read more than so many gigabytes is stopped; a terabyte costs five dollars. */
    queryScanLimitGB: wholeNumber(1, 100_000).prefault(200),
    /** Name or ARN of a policy that no role of the stack may exceed. */
    permissionsBoundary: z
      .string()
      .regex(/^(arn:[a-z-]+:iam::\d{12}:policy\/)?[\w+=,.@/-]{1,512}$/, 'must be the name or the ARN of a policy')
      .optional(),
    /** Existing private subnets in which the functions run. */
    vpc: objectOrJson(Vpc).optional(),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
  })
  .refine(
    ({ dataSince, watermarkStart }) =>
      watermarkStart === undefined || Date.parse(dataSince) <= Date.parse(watermarkStart),
    {
      path: ['dataSince'],
      error: 'must not be after watermarkStart: queries would not see what the schedule extracts first',
    },
  )
  .refine(({ source, wordLevel }) => !wordLevel || source === 'interaction-analytics', {
    path: ['wordLevel'],
    error: 'is for the source interaction-analytics only',
  })
  .refine(
    ({ runLeaseHours, jobDeadlineSeconds }) => runLeaseHours * 3_600 > longestSilenceSeconds(jobDeadlineSeconds),
    {
      path: ['runLeaseHours'],
      error: 'must be above nine times jobDeadlineSeconds: for so long a batch under way may give no sign of life',
    },
  )
  .transform((config) => ({
    ...config,
    // A dev stage that runs by itself every night is a surprise on a bill.
    schedule: { ...config.schedule, enabled: config.schedule.enabled ?? config.stage !== 'dev' },
  }));
export type StageConfig = z.output<typeof StageConfig>;

const HTTPS = 443;

/**
 * TCP ports that the stage connects to, in ascending order: that of AWS, and those of CXone, its result origins and the
 * webhook.
 *
 * @example portsOf({ …, webhookUrl: 'https://lake.example.com:8443/in' }) // [443, 8443]
 */
export function portsOf(
  config: Pick<StageConfig, 'cxoneBaseUrl' | 'cxoneApiUrl' | 'cxoneResultOrigins' | 'webhookUrl'>,
): number[] {
  const { cxoneBaseUrl, cxoneApiUrl = cxoneBaseUrl, cxoneResultOrigins, webhookUrl } = config;
  const urls = [cxoneBaseUrl, cxoneApiUrl, ...cxoneResultOrigins, webhookUrl];
  const ports = urls.map((url) => Number(new URL(url).port || HTTPS));
  return [...new Set([HTTPS, ...ports])].sort((a, b) => a - b);
}

function describe(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${[...issue.path, key].join('.')}: is not a known setting`);
  }
  const isMissing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  return [`${issue.path.join('.')}: ${isMissing ? 'is required' : issue.message}`];
}

/** Keys of the CDK itself: feature flags, metadata and the table of stages. */
function isSetting(key: string): boolean {
  return !key.startsWith('@aws-cdk') && !key.startsWith('aws:') && !key.startsWith('aws-cdk:') && key !== 'stages';
}

/**
 * A stage's settings: those of `stages.<stage>`, overridden by top-level keys, with the defaults of what is left out.
 *
 * @throws StageConfigError naming every field at fault and what is allowed in it
 * @example parseStageConfig({ stage: 'dev', region: 'us-east-1', source, cxoneBaseUrl, webhookUrl }).concurrency // 10
 */
export function parseStageConfig(context: Readonly<Record<string, unknown>>): StageConfig {
  const stages = (context.stages ?? {}) as Record<string, Record<string, unknown> | undefined>;
  const stage = typeof context.stage === 'string' ? context.stage : 'dev';
  const overrides = Object.fromEntries(Object.entries(context).filter(([key]) => isSetting(key)));
  const result = StageConfig.safeParse({
    ...ownValue(stages, stage),
    ...overrides,
    stage: context.stage ?? 'dev',
  });
  if (result.success) return result.data;
  // A stage may do without an entry there, where the command line has all that it needs.
  const isKnown = Object.hasOwn(stages, stage);
  const meant = closestWord(stage, Object.keys(stages));
  const advice = meant === undefined ? '' : `; did you mean ${meant}?`;
  const unknown = `There is no stage ${stage} in cdk.json; there are ${Object.keys(stages).join(', ')}${advice}`;
  const isOnlyNamed = Object.keys(overrides).every((name) => name === 'stage');
  if (!isKnown && isOnlyNamed && Object.keys(stages).length > 0) throw new StageConfigError(unknown);
  const faults = result.error.issues.flatMap(describe);
  throw new StageConfigError(['The configuration has faults:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
}
