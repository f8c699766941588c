/** The share of its rate that a limited receiver gets, and the time that a flaky one takes beside a healthy one. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { callForBatch } from '../../lambdas/deliver-transcripts/call-for-batch.ts';
import { callForRun } from '../../lambdas/deliver-transcripts/call-for-run.ts';
import { type Dependencies, REQUEST_TIMEOUT_MS } from '../../lambdas/deliver-transcripts/dependencies.ts';
import { WebhookClient } from '../../lambdas/shared/delivery/webhook-client.ts';
import { WebhookDestination } from '../../lambdas/shared/delivery/webhook-destination.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { storedBatches } from './rows.ts';

const EVENTS = 2_000;
const ALLOWED_PER_SECOND = 20;
/** What a function has. */
const CALL_MS = 298_000;
const SIGNING = { read: async () => ({ current: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }) };

type Receiver = 'healthy' | 'limited' | 'flaky';
type Place = 'batch' | 'run';

interface Measured {
  seconds: number;
  requests: number;
  refused: number;
  pending: number;
}

/** Prints how near the delivery comes to what receivers allow, in real time: two minutes and more. */
export async function measurePace(base: Dependencies): Promise<void> {
  const [inBatch, inRun] = await Promise.all([
    measure(base, 'limited', 'batch'),
    measure(base, 'limited', 'run'),
  ] as const);
  const healthy = await measure(base, 'healthy', 'run');
  const flaky = await measure(base, 'flaky', 'run');
  process.stdout.write(
    [
      `  limited, batch      ${shareOf(inBatch)} (goal: at least 85%, at most 10%)`,
      `  limited, run        ${shareOf(inRun)}`,
      `  every third fails   ${(flaky.seconds / healthy.seconds).toFixed(2)} times the ${healthy.seconds.toFixed(1)} s of a healthy one, ${flaky.pending} pending (goal: at most 1.60, 0)`,
      '',
    ].join('\n'),
  );
}

const percent = (part: number) => `${(100 * part).toFixed(1)}%`;

function shareOf({ seconds, requests, refused, pending }: Measured): string {
  const share = EVENTS / seconds / ALLOWED_PER_SECOND;
  return `${percent(share)} of ${ALLOWED_PER_SECOND} requests/s, ${percent(refused / requests)} refused, ${pending} pending`;
}

async function measure(base: Dependencies, receiver: Receiver, place: Place): Promise<Measured> {
  const runId = `${receiver}-${place}`;
  for (const { receipt, part } of storedBatches({ runId, batches: 1, size: EVENTS })) {
    await base.store.write(part.key, part.bytes);
    await base.store.write(keys.receipt(runId, 0), JSON.stringify(receipt));
  }
  const child = fork(fileURLToPath(new URL('pace-worker.ts', import.meta.url)), {
    env: { ...process.env, BENCH_PER_SECOND: String(ALLOWED_PER_SECOND) },
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const connections = base.config.WEBHOOK_CONCURRENCY;
  const client = new WebhookClient({ url: new URL(`${url}/${receiver}`), connections, timeoutMs: REQUEST_TIMEOUT_MS });
  const openDestination = () => new WebhookDestination(client, SIGNING, Date.now);
  try {
    const pending = await deliver({ ...base, openDestination }, runId, place);
    return { ...(await tallyOf(child)), pending };
  } finally {
    client.close();
    child.kill();
  }
}

/** Calls the function as the state machine does. */
async function deliver(base: Dependencies, runId: string, place: Place): Promise<number> {
  const startedAt = new Date().toISOString();
  const delivery = { name: runId, startedAt, input: { runId } };
  for (let attempt = 0, failures = 0, progressAt = startedAt; ; attempt += 1) {
    const endsMs = Date.now() + CALL_MS;
    const dependencies = { ...base, remainingMs: () => endsMs - Date.now() };
    const { output } = await (place === 'batch'
      ? callForBatch(dependencies, { runId, batch: 0, attempt })
      : callForRun(dependencies, { delivery, attempt, failures, progressAt }));
    if (!output.again) return output.pending;
    ({ failures, progressAt = progressAt } = output);
    await sleep(1_000 * output.waitSeconds);
  }
}

async function tallyOf(child: ChildProcess): Promise<Omit<Measured, 'pending'>> {
  child.send('tell');
  const [{ requests, refused, firstMs, lastMs }] = (await once(child, 'message')) as [Record<string, number>];
  return { requests: requests ?? 0, refused: refused ?? 0, seconds: ((lastMs ?? 0) - (firstMs ?? 0)) / 1_000 };
}
