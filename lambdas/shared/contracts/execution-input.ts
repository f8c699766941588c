/** What an execution may be started with: exactly one source of interactions, and options for the transcript jobs. */
import * as z from 'zod';
import { closestWord } from './closest-word.ts';
import { RedeliveryScope } from './delivery-execution.ts';
import { PipelineError } from './errors.ts';
import { InteractionId, RunId } from './ids.ts';
import { JobOptions, MEDIA_TYPES } from './job-options.ts';
import { Polling } from './polling.ts';
import { describeIssues } from './validation.ts';

/** An execution input is limited to 256 KiB: longer lists come from a file, `interactionIdsFrom`. */
const MAX_LISTED_IDS = 10_000;

const sizes = {
  /** Interactions in a batch; the stage's setting when left out, and without one what suits the source. */
  batchSize: z.int().min(1).max(1000).optional(),
  /** Vendor jobs at the same time; the stage's setting when left out. */
  concurrency: z.int().min(1).max(1000).optional(),
  /** Seconds before a vendor job is asked for the first time; the stage's setting when left out. */
  pollFirstWaitSeconds: Polling.shape.firstWaitSeconds.optional(),
  /** Seconds that the wait between two polls grows to; the stage's setting when left out. */
  pollLongestWaitSeconds: Polling.shape.longestWaitSeconds.optional(),
  /** Plans only: nothing is submitted, claimed or advanced. */
  dryRun: z.boolean().default(false),
};

/** Options of the sources, with the defaults of a run that says nothing about them. */
const options = {
  ...sizes,
  mediaTypes: JobOptions.shape.mediaTypes
    .refine((types) => new Set(types).size === types.length, 'must not name a media type twice')
    .default([...MEDIA_TYPES]),
  redactionPolicy: JobOptions.shape.redactionPolicy.default('auto'),
  format: JobOptions.shape.format.default('json'),
  maxConcurrentDownloads: JobOptions.shape.maxConcurrentDownloads.default(5),
  /** A block for each word of a call, of Interaction Analytics only; the stage's setting when left out. */
  wordLevel: z.boolean().optional(),
};

/**
 * Leave out what an earlier run has stored. Ids that are named are extracted again by default: naming them is the way
 * to take a transcript once more.
 */
const skipStored = z.boolean().default(false);

const instant = z.iso.datetime({ offset: true, error: 'must be a time with its zone, such as 2026-11-20T00:00:00Z' });

const Explicit = z.strictObject({
  interactionIds: z.array(InteractionId).min(1).max(MAX_LISTED_IDS),
  /** An instant near which they became available: a source that does not search by id looks there. */
  around: instant.optional(),
  skipStored,
  ...options,
});

const FromFile = z.strictObject({
  /** Without a bucket, `s3:///inputs/…`, it is that of the data lake. */
  interactionIdsFrom: z.string().regex(
    // No space, quote, backslash, control character or mark that turns text around: the key is printed and logged.
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?\/[^\s"'\\\p{Cc}\p{Cf}\p{Cs}]{1,1024}\.(csv|jsonl|ndjson)(\.gz)?$/u,
    'must be s3://bucket/key ending in .csv, .jsonl or .ndjson, gzipped (.gz) or not, of visible characters',
  ),
  skipStored,
  ...options,
});

/** Takes what is stored once more, for sources whose transcripts have versions: a newer one replaces it. */
const refetch = z.boolean().default(false);

const Window = z.strictObject({
  window: z
    .strictObject({ from: instant, to: instant })
    .refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'must have a from before its to'),
  refetch,
  /** The end of the window that is taken first; the oldest when left out. */
  order: z.enum(['oldest', 'newest']).optional(),
  /** The run that has begun the window, and which part of it this one is. The run before it says so. */
  continues: z.strictObject({ run: RunId, part: z.int().min(2).max(1_000_000) }).optional(),
  ...options,
});

const Scheduled = z.strictObject({
  schedule: z.strictObject({
    /** Each schedule has its own watermark. */
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'must be 1 to 64 letters, digits or _ . -'),
    /** The moment for which the schedule fired. */
    time: instant,
  }),
  ...options,
});

/** The job options are those of the run that is retried. */
const Retry = z.strictObject({ retryRun: RunId, ...sizes });

/** What a run has stored goes to the webhook again: all of it, or what was parked. */
const Redelivery = z.strictObject({ redeliverRun: RunId, only: RedeliveryScope.optional() });

const SCHEMAS = {
  interactionIds: Explicit,
  interactionIdsFrom: FromFile,
  window: Window,
  schedule: Scheduled,
  retryRun: Retry,
  redeliverRun: Redelivery,
} as const;

type Source = keyof typeof SCHEMAS;
const SOURCES = Object.keys(SCHEMAS) as Source[];

/** The execution input, by its source of interactions. {@link parseExecutionInput} reads it with better messages. */
export const ExecutionInput = z.union([Explicit, FromFile, Window, Scheduled, Retry, Redelivery]);
/** Tell the sources apart with `'window' in input` and so on. */
export type ExecutionInput = z.output<typeof ExecutionInput>;

/** Fields that are near those of the schemas. A field's name came from outside: only what looks like one is repeated. */
function meantFields(value: unknown): string {
  const known = [...new Set(Object.values(SCHEMAS).flatMap(({ shape }) => Object.keys(shape)))];
  const unknown = Object.keys(value ?? {}).filter((name) => /^[A-Za-z]{1,40}$/.test(name) && !known.includes(name));
  const meant = unknown.flatMap((name) => {
    const word = closestWord(name, known);
    return word === undefined ? [] : [`; ${name}: did you mean ${word}?`];
  });
  return meant.join('');
}

/**
 * The execution's input, with the defaults of what it leaves out.
 *
 * @throws PipelineError `InputInvalid` that names every fault by its field; values are never quoted
 * @example parseExecutionInput({ interactionIds: ['int-1'] }) // { interactionIds: ['int-1'], dryRun: false, … }
 */
export function parseExecutionInput(value: unknown): ExecutionInput {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const named = isObject ? SOURCES.filter((source) => Object.hasOwn(value, source)) : [];
  const [source] = named;
  if (source === undefined || named.length > 1) {
    throw new PipelineError(
      'InputInvalid',
      `Invalid execution input: exactly one of ${SOURCES.join(', ')} is required, found ${named.join(', ') || 'none'}${meantFields(value)}`,
    );
  }
  const result = (SCHEMAS[source] as z.ZodType<ExecutionInput>).safeParse(value);
  if (result.success) return result.data;
  throw new PipelineError(
    'InputInvalid',
    `Invalid execution input: ${describeIssues(result.error)}${meantFields(value)}`,
  );
}

/**
 * The options that go to the vendor with every job, from an input that has others too.
 *
 * @example jobOptionsOf({ ...jobOptions, batchSize: 100 }) // jobOptions
 */
export function jobOptionsOf(input: Omit<JobOptions, 'wordLevel'> & { wordLevel?: boolean | undefined }): JobOptions {
  const { mediaTypes, redactionPolicy, format, maxConcurrentDownloads, wordLevel } = input;
  return { mediaTypes, redactionPolicy, format, maxConcurrentDownloads, ...(wordLevel && { wordLevel }) };
}
