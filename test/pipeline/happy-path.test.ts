import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMasker, MASK_RULES_VERSION } from '@cxone-transcripts/masker';
import { describe, expect, it } from 'vitest';
import { readLexicon } from '../../lambdas/shared/lib/names-lexicon.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { maskedWith } from '../../lambdas/store-transcripts/masked-with.ts';
import { eventFor, freshIds, usePipeline } from './world/pipeline.ts';

const pipeline = usePipeline({ receiver: { keepBodies: true } });

describe('a run', () => {
  it('stores, audits and delivers each transcript once', async () => {
    const ids = freshIds(25);
    const result = await pipeline.run(eventFor(ids, { batchSize: 10 }), { name: 'happy' });
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: { status: 'complete', manifestKey: 'runs/happy/manifest.json' },
    });

    const rows = await pipeline.rows('happy');
    expect(rows.map(({ interactionId }) => interactionId).sort()).toEqual(ids);
    const audit = await pipeline.audit('happy');
    expect(audit.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'stored'));

    const receipts = await pipeline.receipts('happy');
    expect(receipts.map(({ requested, counts }) => [requested, counts.stored])).toEqual([
      [10, 10],
      [10, 10],
      [5, 5],
    ]);
    const versions = [...rows, ...audit, ...receipts].map(({ maskRulesVersion }) => maskRulesVersion);
    expect(new Set(versions)).toEqual(new Set([MASK_RULES_VERSION]));
    // What a reader needs to know which rows a change of rules or settings concerns.
    const manifest = JSON.parse(await readFile(join(pipeline.dataLakeDir, keys.manifest('happy')), 'utf8'));
    expect(manifest.masking).toEqual([maskedWith(createMasker({}, readLexicon()))]);
    for (const part of receipts.flatMap(({ parts }) => parts)) {
      const bytes = await readFile(join(pipeline.dataLakeDir, part.key));
      expect(part).toMatchObject({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
      expect(part.key).toMatch(/^transcripts\/v=1\/media_type=[a-z]+\/dt=\d{4}-\d\d-\d\d\/happy-\d{6}\.jsonl\.gz$/);
    }

    const delivered = pipeline.receiver.received.filter(({ body }) =>
      JSON.stringify(body).includes('transcript.stored'),
    );
    expect(delivered).toHaveLength(25);
    expect(delivered.every(({ verified, bytes }) => verified && bytes > 100)).toBe(true);
    expect(pipeline.receiver.duplicates).toBe(0);
  });

  it('costs at most a quarter of a transition a transcript in batches of 100', async () => {
    const result = await pipeline.run(eventFor(freshIds(300), { batchSize: 100 }));
    expect(result.status).toBe('SUCCEEDED');
    expect(result.stateTransitions / 300).toBeLessThanOrEqual(0.25);
  });

  it('takes the same id once, however often it is named', async () => {
    const [id] = freshIds(1) as [string];
    const result = await pipeline.run(eventFor([id, id, id]));
    expect(result).toMatchObject({ output: { counts: { requested: 1, stored: 1 } } });
  });

  it('stores the same keys and bytes when a batch is stored again', async () => {
    const ids = freshIds(5);
    const first = await pipeline.run(eventFor(ids), { name: 'again-1' });
    const second = await pipeline.run(eventFor(ids), { name: 'again-2' });
    expect([first.status, second.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    const hashes = async (runId: string) =>
      (await pipeline.rows(runId)).map(({ interactionId, contentSha256 }) => [interactionId, contentSha256]).sort();
    expect(await hashes('again-1')).toEqual(await hashes('again-2'));
  });

  it.each([
    ['no ids', { interactionIds: [] }, 'interactionIds'],
    ['an id that is a path', { interactionIds: ['../../etc/passwd'] }, 'interactionIds[0]'],
    ['an unknown medium', { interactionIds: ['int-1'], mediaTypes: ['fax'] }, 'mediaTypes[0]'],
    ['too many downloads', { interactionIds: ['int-1'], maxConcurrentDownloads: 11 }, 'maxConcurrentDownloads'],
    ['no object', [], 'interactionIds'],
  ])('refuses %s before any call', async (_name, input, field) => {
    const before = pipeline.simulator.requests.length;
    const result = await pipeline.run(input);
    expect(result).toMatchObject({ status: 'FAILED', error: 'InputInvalid' });
    expect(result.cause).toContain(field);
    expect(pipeline.simulator.requests.length).toBe(before);
    expect(await pipeline.keys(`runs/${result.name}/`)).toEqual([]);
  });
});
