import { describe, expect, it } from 'vitest';
import { transcriptStoredId } from '../../../../../lambdas/shared/delivery/event-id.ts';
import { TranscriptStored } from '../../../../../lambdas/shared/delivery/events.ts';
import { buildTranscriptEvent, eventIdOf } from '../../../../../lambdas/shared/delivery/transcript-events.ts';
import type { StoredPart } from '../../../../../lambdas/shared/storage/records.ts';
import { rowText } from '../../../../webhook/delivery-world.ts';

const part: StoredPart = {
  key: 'transcripts/v=1/media_type=voice/dt=2026-11-19/run-000000.jsonl.gz',
  bytes: 10,
  sha256: 'a'.repeat(64),
  etag: 'e',
  rows: 3,
  mediaType: 'voice',
  day: '2026-11-19',
  minTimestamp: '2026-11-19T10:00:00.000Z',
  maxTimestamp: '2026-11-19T10:00:00.000Z',
};
const receipt = { runId: 'run', batch: 0, storedAt: '2026-11-20T03:10:00.000Z' };
const context = { bucket: 'lake', receipt, maxBytes: 10_000 };
const build = (row: string, change = {}) => buildTranscriptEvent(row, part, 2, { ...context, ...change });

describe('an event of a transcript', () => {
  it('is of the form that the contract promises, with the row as it was stored', () => {
    const row = rowText('run', 'int-1', 'Zoë said 1');
    const { id, body } = build(row);
    const event = TranscriptStored.parse(JSON.parse(body.toString()));
    expect(event.data.row).toEqual(JSON.parse(row));
    expect(event.data.object).toEqual({ bucket: 'lake', key: part.key, sha256: part.sha256, line: 2 });
    expect(event.timestamp).toBe(receipt.storedAt);
    expect(id).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(eventIdOf(row)).toEqual({ id, interactionId: 'int-1' });
  });

  it('says which version it is of, and which one it replaces', () => {
    const versions = {
      source: 'interaction-analytics',
      version: '2026-11-22T10:00:00.000Z',
      supersedes: '2026-11-21T10:00:00.000Z',
    };
    const { body, id } = build(JSON.stringify({ ...JSON.parse(rowText('run', 'int-1')), ...versions }));
    expect(TranscriptStored.parse(JSON.parse(body.toString())).data).toMatchObject(versions);
    expect(id).not.toBe(build(rowText('run', 'int-1')).id);
  });

  it('of a row without versions is as it was before there were any', () => {
    const { data } = JSON.parse(build(rowText('run', 'int-1')).body.toString());
    expect(Object.keys(data)).toEqual([
      'schemaVersion',
      'interactionId',
      'mediaType',
      'contentSha256',
      'runId',
      'batch',
      'object',
      'row',
    ]);
  });

  it('keeps numbers digit by digit', () => {
    const row = rowText('run', 'int-1').replace('"turns":', '"big":12345678901234567890.10,"turns":');
    expect(build(row).body.toString()).toContain('12345678901234567890.10');
  });

  it('leaves the row out above the limit', () => {
    const { body } = build(rowText('run', 'int-1', 'x'.repeat(20_000)));
    const event = TranscriptStored.parse(JSON.parse(body.toString()));
    expect(event.data.row).toBeUndefined();
    expect(body.length).toBeLessThan(1_000);
  });

  it('has the same id and bytes each time it is built', () => {
    const row = rowText('run', 'int-1');
    expect(build(row)).toEqual(build(row));
  });

  it('has the same id in another run as long as its content is the same', () => {
    const ids = [rowText('run', 'int-1'), rowText('run-2', 'int-1')].map((row) => eventIdOf(row).id);
    expect(new Set(ids).size).toBe(1);
  });

  it.each(['not json', '{}', '[]', 'null'])('of a row like %s is refused without quoting it', (row) => {
    expect(() => build(row)).toThrow(/^A stored row is not of the form that was written$/);
  });
});

describe('transcriptStoredId', () => {
  const base = { interactionId: 'a', mediaType: 'voice', schemaVersion: 1, contentSha256: 'f'.repeat(64) } as const;
  it.each([
    ['interaction', { interactionId: 'b' }],
    ['media type', { mediaType: 'chat' }],
    ['schema version', { schemaVersion: 2 }],
    ['content', { contentSha256: 'e'.repeat(64) }],
    ['version', { version: '2026-11-21T10:00:00Z' }],
  ] as const)('differs by %s', (_name, change) => {
    expect(transcriptStoredId({ ...base, ...change })).not.toBe(transcriptStoredId(base));
  });
});
