/** Checks a lake against its manifests. */
import { findLeaks, type MaskOptions } from '@cxone-transcripts/masker';
import { idsOf } from '../../../lambdas/shared/contracts/aliases.ts';
import { describeIssues } from '../../../lambdas/shared/contracts/validation.ts';
import { mapConcurrently } from '../../../lambdas/shared/lib/map-concurrently.ts';
import type { Manifest } from '../../../lambdas/shared/runs/run-records.ts';
import { keys, partOrigin } from '../../../lambdas/shared/storage/layout.ts';
import { parseJson, UnreadableObject } from '../../../lambdas/shared/storage/read-record.ts';
import { whyTooNew } from '../../../lambdas/shared/storage/record-version.ts';
import { AuditLine, type StoredPart, TranscriptRow } from '../../../lambdas/shared/storage/records.ts';
import { type IsErased, readTombstones } from '../../../lambdas/shared/storage/tombstones.ts';
import { checkCompactions } from '../compaction/check-compactions.ts';
import { type ExpiryRule, hasExpired, readExpiryRules } from '../expiry.ts';
import { listOpenRuns, listRuns, readManifest } from '../list-runs.ts';
import type { Lake } from '../open-lake.ts';
import { checkManifest, checkOutcomes } from './check-manifest.ts';
import { findUnlisted } from './find-unlisted.ts';
import type { RunState } from './judge-part.ts';
import type { Problem } from './problem.ts';
import { RepeatCounter } from './repeat-counter.ts';
import { scanPart } from './scan-part.ts';

const SCANS_AT_ONCE = 8;

export interface Verification {
  runs: number;
  /** Runs that are planned and not recorded yet; their parts are no orphans. */
  openRuns: string[];
  parts: number;
  rows: number;
  bytes: number;
  /** Transcripts (interaction and medium) that are in more than one row: they were asked for again. */
  repeated: number;
  /** Days with parts that their compacted files do not hold yet. */
  staleDays: string[];
  /** Listed objects that are gone because the bucket keeps them no longer. */
  expired: number;
  /** Parts that no manifest lists, and that one may list yet: of runs that are not recorded, or younger than a day. */
  kept: number;
  problems: Problem[];
}

export interface VerifyOptions {
  /** As the stage masks: what it is told to leave is no leak. */
  masking?: MaskOptions;
  /** In ms since the epoch. */
  nowMs?: number;
  /** What the bucket deletes by itself; its own rules unless they are given. */
  expiry?: readonly ExpiryRule[];
  onProgress?(facts: { parts: number; of: number }): void;
}

/**
 * What a lake holds, and every problem that was found: manifests, parts, rows, audit, compacted files, orphans.
 *
 * @throws PipelineError as the object store does
 * @example (await verifyLake(lake)).problems // [], where all is well
 */
export async function verifyLake(lake: Lake, options: VerifyOptions = {}): Promise<Verification> {
  const { store } = lake;
  const { nowMs = Date.now(), expiry = await readExpiryRules(lake) } = options;
  const result: Verification = {
    runs: 0,
    openRuns: [],
    parts: 0,
    rows: 0,
    bytes: 0,
    repeated: 0,
    staleDays: [],
    expired: 0,
    kept: 0,
    problems: [],
  };
  const states = new Map<string, RunState>();
  const writtenMs = new Map<string, number>();
  const parts: StoredPart[] = [];
  for await (const manifest of readManifests(lake, result, states)) {
    const startedMs = Date.parse(manifest.startedAt);
    for (const { key } of [...manifest.parts, ...manifest.audit]) writtenMs.set(key, startedMs);
    parts.push(...manifest.parts);
    result.problems.push(...(await checkAudit(lake, manifest)));
  }
  await noteOpenRuns(lake, result, states);
  const isErased = await readTombstones(store);
  const seen = new RepeatCounter();
  const scans = mapConcurrently(parts, SCANS_AT_ONCE, (part) => checkPart(lake, part, isErased, seen, options.masking));
  for await (const { problems, rows, bytes } of scans) {
    result.problems.push(...problems);
    result.parts += 1;
    result.rows += rows;
    result.bytes += bytes;
    options.onProgress?.({ parts: result.parts, of: parts.length });
  }
  result.repeated = seen.repeated;
  const compactions = await checkCompactions(lake, parts, isErased);
  result.staleDays = compactions.staleDays;
  for (const [key, ms] of compactions.writtenMs) writtenMs.set(key, ms);
  result.problems.push(...compactions.problems);
  const listed = new Set(parts.map(({ key }) => key));
  // What a run has written that began after the runs were listed is too young to be an orphan.
  const unlisted = await findUnlisted(lake, listed, (runId) => states.get(runId) ?? 'unknown', nowMs);
  result.problems.push(...unlisted.problems);
  result.kept = unlisted.kept;

  const isKnown = ({ code, key }: Problem) =>
    code === 'missing' && hasExpired(expiry, key, writtenMs.get(key) ?? nowMs, nowMs);
  result.expired = result.problems.filter(isKnown).length;
  result.problems = result.problems.filter((problem) => !isKnown(problem));
  return result;
}

/** Manifests that were read whole; says of every run what is known of it. */
async function* readManifests(
  lake: Lake,
  result: Verification,
  states: Map<string, RunState>,
): AsyncGenerator<Manifest> {
  for await (const runId of listRuns(lake)) {
    result.runs += 1;
    states.set(runId, 'unrecorded');
    const key = keys.manifest(runId);
    try {
      const found = await readManifest(lake, runId);
      if (!found) continue;
      states.set(runId, 'recorded');
      result.problems.push(...checkManifest(found.value, key));
      yield found.value;
    } catch (error) {
      if (!(error instanceof UnreadableObject)) throw error;
      states.set(runId, 'unreadable');
      result.problems.push({ code: 'manifest', key, detail: error.reason });
    }
  }
}

async function noteOpenRuns(lake: Lake, result: Verification, states: Map<string, RunState>): Promise<void> {
  try {
    result.openRuns = (await listOpenRuns(lake)).map(({ runId }) => runId);
    for (const runId of result.openRuns) states.set(runId, 'open');
  } catch (error) {
    if (!(error instanceof UnreadableObject)) throw error;
    result.problems.push({ code: 'record', key: error.key, detail: error.reason });
  }
}

async function checkAudit({ store }: Lake, manifest: Manifest): Promise<Problem[]> {
  const problems: Problem[] = [];
  const outcomes = new Map<string, number>();
  const count = (line: string) => {
    const outcome = AuditLine.safeParse(parseJson(line)).data?.outcome ?? 'unreadable';
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  };
  const checks = mapConcurrently(manifest.audit, SCANS_AT_ONCE, async (audit) => {
    const facts = await scanPart(store, audit.key, count).catch(() => 'unreadable' as const);
    if (facts === undefined) problems.push({ code: 'missing', key: audit.key, detail: 'audit' });
    else if (facts === 'unreadable') problems.push({ code: 'unreadable', key: audit.key, detail: 'audit' });
    else if (facts.sha256 !== audit.sha256) problems.push({ code: 'checksum', key: audit.key, detail: 'audit' });
    else if (facts.rows !== audit.rows) problems.push({ code: 'rows', key: audit.key, detail: 'audit' });
  });
  for await (const _ of checks);
  // An audit that is damaged says so; what it does not hold any more need not be counted too.
  return problems.length > 0 ? problems : checkOutcomes(manifest.counts, outcomes, keys.manifest(manifest.runId));
}

async function checkPart(
  { store }: Lake,
  part: StoredPart,
  isErased: IsErased,
  seen: RepeatCounter,
  masking: MaskOptions | undefined,
): Promise<{ problems: Problem[]; rows: number; bytes: number }> {
  const { key } = part;
  const problems: Problem[] = [];
  const report = (code: Problem['code'], detail: string) => problems.push({ code, key, detail });
  const ofRows = new RowProblems();
  try {
    const facts = await scanPart(store, key, (line, number) => {
      for (const [code, detail] of checkRow(line, part, isErased, seen, masking)) ofRows.add(code, detail, number);
    });
    problems.push(...ofRows.list(key));
    if (!facts) {
      report('missing', 'part');
      return { problems, rows: 0, bytes: 0 };
    }
    if (facts.sha256 !== part.sha256) report('checksum', `${facts.bytes} bytes, ${part.bytes} listed`);
    if (facts.rows !== part.rows) report('rows', `${facts.rows} rows, ${part.rows} listed`);
    return { problems, rows: facts.rows, bytes: facts.bytes };
  } catch (error) {
    report('unreadable', error instanceof Error ? error.name : 'unknown error');
    return { problems, rows: 0, bytes: 0 };
  }
}

/** What is wrong with the rows of a part: one problem for each kind, not for each row. */
class RowProblems {
  readonly #found = new Map<string, { code: Problem['code']; detail: string; line: number; rows: number }>();

  add(code: Problem['code'], detail: string, line: number): void {
    const name = `${code} ${detail}`;
    const entry = this.#found.get(name) ?? { code, detail, line, rows: 0 };
    this.#found.set(name, { ...entry, rows: entry.rows + 1 });
  }

  list(key: string): Problem[] {
    return [...this.#found.values()].map(({ code, detail, line, rows }) => ({
      code,
      key,
      detail: `${detail}; ${rows} rows, the first in line ${line}`,
    }));
  }
}

function* checkRow(
  line: string,
  part: StoredPart,
  isErased: IsErased,
  seen: RepeatCounter,
  masking: MaskOptions | undefined,
): Generator<[Problem['code'], string]> {
  const raw = parseJson(line);
  const tooNew = whyTooNew(TranscriptRow, raw);
  if (tooNew !== undefined) {
    yield ['row', tooNew];
    return;
  }
  const parsed = TranscriptRow.safeParse(raw);
  if (!parsed.success) {
    yield ['row', `not as documented: ${describeIssues(parsed.error)}`];
    return;
  }
  const row = parsed.data;
  const origin = partOrigin(part.key);
  if (row.mediaType !== part.mediaType || row.timestamp.slice(0, 10) !== part.day || row.runId !== origin?.runId) {
    yield ['row', 'belongs into another part'];
  }
  if (row.timestamp < part.minTimestamp || row.timestamp > part.maxTimestamp)
    yield ['time', 'outside the listed times'];
  if ([row.interactionId, ...idsOf(row.interaction)].some(isErased)) yield ['erased', 'erased interaction'];
  for (const { type, count } of findLeaks(JSON.stringify(row.transcript), masking)) yield ['leak', `${count} ${type}`];
  seen.add(`${row.interactionId} ${row.mediaType}`);
}
