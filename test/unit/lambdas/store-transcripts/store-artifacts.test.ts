import { createMasker } from '@cxone-transcripts/masker';
import { afterEach, describe, expect, it } from 'vitest';
import { readLexicon } from '../../../../lambdas/shared/lib/names-lexicon.ts';
import type { Artifact } from '../../../../lambdas/shared/vendor/transcript-source.ts';
import { BatchLedger } from '../../../../lambdas/store-transcripts/batch-ledger.ts';
import { maskingCheckpoint } from '../../../../lambdas/store-transcripts/masking-time.ts';
import { PartWriter } from '../../../../lambdas/store-transcripts/part-writer.ts';
import { type Admission, type Storing, storeArtifacts } from '../../../../lambdas/store-transcripts/store-artifacts.ts';

const context = { runId: 'run-1', jobId: 'job-1', extractedAt: '2026-11-22T00:00:00.000Z' };
/** Admits everything. */
const ALL: Admission = {
  isErased: () => false,
  aliasesOf: () => undefined,
  compare: async () => ({ isNew: true }),
  isOutOfTime: () => false,
};
let parts: PartWriter | undefined;
afterEach(() => parts?.dispose());

const artifact = (interactionId: string, texts: readonly string[]): Artifact => ({
  ok: true,
  interactionId,
  mediaType: 'voice',
  timestamp: '2026-11-21T10:00:00.000Z',
  transcriptJson: JSON.stringify({ segments: texts.map((text) => ({ text })) }),
});

async function* each(artifacts: readonly Artifact[]) {
  yield* artifacts;
}

/** A machine on which every look at the clock finds it a second later. */
function slowMachine(): () => number {
  let now = 0;
  return () => (now += 1_000);
}

describe('an artifact that takes too long to mask', () => {
  it('is set aside, and the others go on', async () => {
    parts = await PartWriter.create();
    const ledger = new BatchLedger(['a', 'b', 'c'], 'missing');
    const slow = Array.from({ length: 40 }, () => 'call 212-555-0142');
    const artifacts = [artifact('a', ['call 212-555-0142']), artifact('b', slow), artifact('c', ['hello'])];
    await storeArtifacts(
      each(artifacts),
      { ledger, parts, context, masking: { masker: createMasker({}, readLexicon()), clock: slowMachine() } },
      ALL,
    );
    expect(ledger.counts()).toMatchObject({ stored: 2, quarantined: 1, failed: 0, missing: 0 });
    expect([...ledger.entries()].find(([id]) => id === 'b')?.[1]).toMatchObject({
      outcome: 'quarantined',
      error: 'PiiMaskingFailed',
    });
    expect(ledger.leaksCaught).toBe(0);
  });
});

describe('the time for one artifact', () => {
  it.each([
    ['a small one', 0, 10_000],
    ['1 MiB', 1_048_576, 12_000],
    ['64 MiB', 64 * 1_048_576, 138_000],
  ])('of %s', (_, length, limit) => {
    let now = 5_000;
    const checkpoint = maskingCheckpoint(length, () => now);
    now += limit;
    expect(checkpoint).not.toThrow();
    now += 1;
    expect(checkpoint).toThrow('did not finish in time');
  });
});

describe('a result', () => {
  it('is refused when it holds nothing but items that were not requested', async () => {
    let sent = 0;
    async function* endless() {
      for (;;) {
        sent += 1;
        yield { ok: false, interactionId: undefined } as const;
      }
    }
    const ledger = new BatchLedger(['a']);
    const storing = storeArtifacts(endless(), { ledger } as unknown as Storing, ALL);
    await expect(storing).rejects.toMatchObject({ name: 'ContractViolation' });
    expect(sent).toBeLessThan(11_000);
  });
});
