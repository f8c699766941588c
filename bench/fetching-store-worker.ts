/** A process like a function's, warm: runs the store step for batch after batch of segments, and says what it took. */
import { handler } from '../lambdas/store-transcripts/handler.ts';
import { FIRST_MS, STEP_MS, segmentId } from './fetching-segments.ts';

const BATCH_SIZE = 1_000;
const count = Number(process.env.BENCH_SEGMENTS);
const at = '2026-11-22T10:00:00.000Z';
const context = { getRemainingTimeInMillis: () => 900_000, awsRequestId: 'bench', functionName: 'bench' };
const inputOf = (batch: number) => {
  const ofBatch = Array.from({ length: BATCH_SIZE }, (_, nth) => batch * BATCH_SIZE + nth);
  return {
    runId: 'bench',
    startedAt: at,
    batch: {
      batch,
      interactionIds: ofBatch.map(segmentId),
      availableMs: ofBatch.map((nth) => FIRST_MS + nth * STEP_MS),
    },
    priority: 'backfill',
    options: { mediaTypes: ['voice'], redactionPolicy: 'auto', format: 'json', maxConcurrentDownloads: 5 },
    polling: { firstWaitSeconds: 2, longestWaitSeconds: 60 },
    job: {
      submissions: 1,
      status: 'completed',
      jobId: 'direct',
      submittedAt: at,
      deadlineAt: at,
      polls: 1,
      waitSeconds: 1,
    },
  };
};

const startedAt = performance.now();
let stored = 0;
for (let batch = 0; batch < count / BATCH_SIZE; batch += 1) {
  const output = (await handler(inputOf(batch), context as never)) as { stored: number };
  stored += output.stored;
}
const seconds = (performance.now() - startedAt) / 1_000;
const maxMemoryMB = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(`${JSON.stringify({ stored, seconds, maxMemoryMB })}\n`);
