/** Where things are in the bucket. A run owns everything below its own names, so that a retry writes the same keys. */
import { MediaType } from '../contracts/job-options.ts';

/** Six digits keep a listing of a million batches in order. */
function batchName(batch: number): string {
  return String(batch).padStart(6, '0');
}

/**
 * The key of each object, or the prefix of several, from what identifies it.
 *
 * @example keys.receipt('daily-1', 12) // 'runs/daily-1/batches/000012.json'
 */
export const keys = {
  /** Prefix of all records of a run. */
  run: (runId: string) => `runs/${runId}/`,
  plan: (runId: string) => `runs/${runId}/plan.json`,
  /** @param attempt 1, more only where an attempt at planning broke off after it had written its batches */
  batches: (runId: string, attempt = 1) => `runs/${runId}/batches${attempt === 1 ? '' : `-${attempt}`}.jsonl`,
  /** Interactions whose outcome was clear when the run was planned. */
  decided: (runId: string, attempt = 1) => `runs/${runId}/decided${attempt === 1 ? '' : `-${attempt}`}.jsonl`,
  /** The execution input, written before anything else of the run. */
  input: (runId: string) => `runs/${runId}/input.json`,
  /** How far the planning of a run has come, where one call of the planner may not be enough. */
  planning: (runId: string) => `runs/${runId}/planning.json`,
  /** Prefix of what the vendor has answered while a run was planned, so that a further call need not ask again. */
  search: (runId: string) => `runs/${runId}/search/`,
  /** @param name of the question */
  searched: (runId: string, name: string) => `runs/${runId}/search/${name}.jsonl.gz`,
  /** Prefix of the notes about the parts of batches, each written before them: what is not noted was never written. */
  partNotes: (runId: string) => `runs/${runId}/parts/`,
  partNotesOfBatch: (runId: string, batch: number) => `runs/${runId}/parts/${batchName(batch)}/`,
  partNote: (runId: string, batch: number, name: string) => `runs/${runId}/parts/${batchName(batch)}/${name}.json`,
  /** Prefix of the receipts of all batches of a run. */
  receipts: (runId: string) => `runs/${runId}/batches/`,
  /** What a batch stored and what became of each interaction: written last, so its presence says that the batch is done. */
  receipt: (runId: string, batch: number) => `runs/${runId}/batches/${batchName(batch)}.json`,
  /** What one pass over a batch has stored, where it took several: written after its parts. @param pass from 1 */
  pass: (runId: string, batch: number, pass: number) => `runs/${runId}/passes/${batchName(batch)}/${pass}.json`,
  deliveries: (runId: string) => `runs/${runId}/delivery/`,
  delivery: (runId: string, batch: number) => `runs/${runId}/delivery/${batchName(batch)}.json`,
  /** What the deliveries of a run have found out about the webhook. */
  endpoint: (runId: string) => `runs/${runId}/endpoint.json`,
  /** The rate at which the webhook takes the events of a run. */
  pace: (runId: string) => `runs/${runId}/pace.json`,
  /** Prefix of the events of a run besides those of its transcripts. */
  outbox: (runId: string) => `runs/${runId}/outbox/`,
  outboxEvent: (runId: string, eventId: string) => `runs/${runId}/outbox/${eventId}.json`,
  unfinished: (runId: string) => `runs/${runId}/unfinished.jsonl`,
  parked: (runId: string) => `runs/${runId}/parked.jsonl`,
  /** What a scheduled run leaves for the next one of its schedule: not below `runs/`, since it must not expire with them. */
  backlog: (schedule: string, runId: string) => `backlogs/${schedule}/${runId}.jsonl`,
  /** Prefix of what the Distributed Map wrote about its children. */
  mapResults: (runId: string) => `runs/${runId}/map/`,
  manifest: (runId: string) => `runs/${runId}/manifest.json`,
  /** What the vendor says it has analysed, held against the lake. */
  reconciliation: (runId: string) => `runs/${runId}/reconciliation.json`,
  /**
   * @param day `YYYY-MM-DD`, UTC, of the interaction's start
   * @param pass over the batch, from 1
   */
  transcripts: (mediaType: string, day: string, runId: string, batch: number, pass = 1) =>
    `transcripts/v=1/media_type=${mediaType}/dt=${day}/${runId}-${batchName(batch)}${pass === 1 ? '' : `p${pass}`}.jsonl.gz`,
  /** One file for all transcripts of a medium and day, each once; made by hand, from the parts. */
  compacted: (mediaType: string, day: string) => `compacted/v=1/media_type=${mediaType}/dt=${day}/transcripts.parquet`,
  /** What a day's compacted files were made from. */
  compaction: (day: string) => `compactions/dt=${day}.json`,
  /** Prefix of the parts of a day. @param day `YYYY-MM-DD`, UTC */
  transcriptsOfDay: (mediaType: string, day: string) => `transcripts/v=1/media_type=${mediaType}/dt=${day}/`,
  /** @param day `YYYY-MM-DD`, UTC, of the run's start */
  audit: (day: string, runId: string, batch: number) => `audit/dt=${day}/${runId}-${batchName(batch)}.jsonl.gz`,
  /**
   * Audit of an attempt that found that of another one, which broke off and had come to other outcomes.
   *
   * @param outcomes short hash of what it came to
   */
  auditOfAttempt: (day: string, runId: string, batch: number, outcomes: string) =>
    `audit/dt=${day}/${runId}-${batchName(batch)}-${outcomes}.jsonl.gz`,
  /** Audit of a batch that was given up; an attempt at it that broke off may have left one of its own. */
  sealedAudit: (day: string, runId: string, batch: number) =>
    `audit/dt=${day}/${runId}-${batchName(batch)}-sealed.jsonl.gz`,
  /** Audit of the interactions whose outcome was clear when the run was planned. */
  auditOfPlan: (day: string, runId: string) => `audit/dt=${day}/${runId}-plan.jsonl.gz`,
  /** Audit of a redelivery. @param execution its name */
  auditOfRedelivery: (day: string, execution: string) => `audit/dt=${day}/redelivery-${execution}.jsonl.gz`,
  watermark: (schedule: string) => `state/watermarks/${schedule}.json`,
  /** The claim of a schedule's time; without the punctuation of an ISO time, which many tools stumble over. */
  claim: (schedule: string, time: string) => `state/claims/${schedule}/${time.replaceAll(/[^0-9TZ]/g, '')}.json`,
  /** Prefix of the notes about all days. */
  days: 'state/days/',
  /** Prefix of the notes of all runs about a day. @param day `YYYY-MM-DD`, UTC */
  batchesOfDay: (day: string) => `state/days/dt=${day}/`,
  batchesOfRunOnDay: (day: string, runId: string) => `state/days/dt=${day}/${runId}.json`,
  /** A batch that stored transcripts of a day which its plan did not know. A run's name has no dot. */
  batchOnDay: (day: string, runId: string, batch: number) => `state/days/dt=${day}/${runId}.${batchName(batch)}.json`,
  /** What is known of an interaction whose row in the vendor's search cannot be read. @param hash as of a tombstone */
  unreadableRow: (hash: string) => `state/unreadable/${hash}.json`,
  /** Who may send how many requests to an API of the vendor. @param api its name */
  budget: (api: string) => `state/budget/${api}.json`,
  /** Prefix of the notes about runs that stored transcripts without names in the place of others: those are to be erased. */
  replaced: 'state/replaced/',
  replacedBy: (runId: string) => `state/replaced/${runId}.json`,
  openRuns: 'state/open-runs.json',
  tombstones: 'state/tombstones/',
  /** @param hash SHA-256 of the interaction's id, in hex */
  tombstone: (hash: string) => `state/tombstones/${hash}.json`,
} as const;

const PART_KEY =
  /^transcripts\/v=1\/media_type=(?<mediaType>[a-z]+)\/dt=(?<day>\d{4}-\d{2}-\d{2})\/(?<runId>[A-Za-z0-9][A-Za-z0-9_-]{0,79})-(?<batch>\d{6,15})(?:p(?<pass>\d{1,6}))?\.jsonl\.gz$/;

/** What a key of {@link keys.transcripts} was made of. */
export interface PartOrigin {
  mediaType: MediaType;
  /** `YYYY-MM-DD` */
  day: string;
  runId: string;
  batch: number;
  /** Over the batch, from 1. */
  pass: number;
}

/**
 * Returns what the key of a part says; undefined for a key that {@link keys.transcripts} does not make: what lies there
 * is not the pipeline's, and is never deleted.
 *
 * @example
 * partOrigin('transcripts/v=1/media_type=voice/dt=2026-11-21/daily-7-000042.jsonl.gz')
 * // { mediaType: 'voice', day: '2026-11-21', runId: 'daily-7', batch: 42, pass: 1 }
 * partOrigin('transcripts/v=1/media_type=voice/dt=2026-11-21/copy of daily-7.jsonl.gz') // undefined
 */
export function partOrigin(key: string): PartOrigin | undefined {
  const {
    day = '',
    runId = '',
    batch: digits = '',
    pass: passDigits = '1',
    ...rest
  } = PART_KEY.exec(key)?.groups ?? {};
  const { data: mediaType } = MediaType.safeParse(rest.mediaType);
  const batch = Number(digits);
  const pass = Number(passDigits);
  if (mediaType === undefined || keys.transcripts(mediaType, day, runId, batch, pass) !== key) return undefined;
  return Number.isNaN(Date.parse(day)) ? undefined : { mediaType, day, runId, batch, pass };
}

/**
 * The batch that a receipt is for, from its key.
 *
 * @example receiptBatch('runs/daily/batches/000012.json') // 12
 */
export function receiptBatch(key: string): number {
  return Number(/(\d+)\.json$/.exec(key)?.[1]);
}
