/** The lake of an earlier version, with records of today's beside its own. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { hashInteractionId } from '../../lambdas/shared/storage/tombstones.ts';
import { keptObjects } from '../fixtures/kept-version.ts';
import type { Objects } from '../year/memory-store.ts';

export const AT = '2026-12-01T00:00:00.000Z';
/** Of an id that the vendor is asked about. */
export const CHECKED = keys.searched(
  'checked',
  `ids-${createHash('sha256').update('int-1').digest('hex').slice(0, 32)}`,
);

/** Of a batch that came in several passes, which no run of the version kept did. */
const PASS = {
  schemaVersion: 1,
  runId: 'daily-1',
  batch: 0,
  pass: 1,
  settled: [{ interactionId: 'seg-1', outcome: 'stored', findings: { EMAIL_ADDRESS: 1 }, version: AT }],
  extras: { unrequested: 0, duplicate: 0, unreadable: 0 },
  parts: [],
  resultBytes: 1,
  storedAt: AT,
  waitSeconds: 5,
  deadlineAt: AT,
};

/** Of a source whose transcripts name their contacts, which no run of the version kept had. */
const COUNTS = { expected: 2, stored: 1, empty: 0, pending: 0, notProcessed: 3 };
const RECONCILIATION = {
  schemaVersion: 1,
  runId: 'daily-1',
  source: 'interaction-analytics',
  at: AT,
  status: 'compared',
  from: '2026-10-01',
  to: '2026-10-01',
  ...COUNTS,
  missing: ['4711'],
  days: [{ day: '2026-10-01', mediaType: 'voice', ...COUNTS, missing: 1 }],
  gaps: [{ contactId: '4711', day: '2026-10-01', mediaType: 'voice', processedAt: AT, tries: 0 }],
};

const BUDGET = {
  schemaVersion: 1,
  revision: 3,
  leases: [{ id: 'a', priority: 'daily', want: 10, share: 5, untilMs: 0 }],
};

/** The lake of a version, with the records that only a webhook or a list that misbehaves leaves behind. */
export function keptLake(version: string): Objects {
  const objects: Objects = new Map();
  const put = (key: string, body: Buffer, metadata: Record<string, string> = {}) =>
    objects.set(key, { body, metadata, etag: `"${key}"`, modifiedMs: 0 });
  for (const { key, body, metadata } of keptObjects(version)) put(key, body, metadata);
  const note = { schemaVersion: 1, state: 'gone', round: '', at: AT };
  put(keys.endpoint('gone'), Buffer.from(JSON.stringify(note)));
  const pace = { schemaVersion: 1, perSecond: 20, from: AT, probeMs: 20_000 };
  put(keys.pace('gone'), Buffer.from(JSON.stringify(pace)));
  put(keys.pass('daily-1', 0, 1), Buffer.from(JSON.stringify(PASS)));
  put(keys.reconciliation('daily-1'), Buffer.from(JSON.stringify(RECONCILIATION)));
  // Of transcripts that lost their names, and of a budget of requests: this version knew neither.
  put(keys.replacedBy('daily-1'), Buffer.from(JSON.stringify({ schemaVersion: 1, runId: 'daily-1', doneDays: [] })));
  put(keys.budget('bulk-job'), Buffer.from(JSON.stringify(BUDGET)));
  const days = { first: '2026-10-01', last: '2026-10-01' };
  put(keys.unreadableRow(hashInteractionId('int-1')), Buffer.from(JSON.stringify({ schemaVersion: 1, days: [days] })));
  put(CHECKED, gzipSync(`${JSON.stringify({ interactionId: 'int-1', days })}\n`));
  return objects;
}
